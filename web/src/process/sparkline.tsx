// The latest samples of a process's RSS as a line without axes. A tenth of the level is the least it shows as full height, so
// that noise does not look like growth.
const WIDTH = 96;
const HEIGHT = 20;
const LEAST_SHARE = 0.1;

export function Sparkline({ values }: { values: readonly number[] }) {
  if (values.length < 2) return null;
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      aria-hidden="true"
    >
      <path d={sparkPath(values)} />
    </svg>
  );
}

export function sparkPath(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const middle = (low + high) / 2;
  const reach = Math.max(high - low, middle * LEAST_SHARE, 1);
  const points = values.map((value, index) => {
    const x = (index / (values.length - 1)) * WIDTH;
    const y = HEIGHT / 2 - ((value - middle) / reach) * (HEIGHT - 4);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return `M${points.join('L')}`;
}
