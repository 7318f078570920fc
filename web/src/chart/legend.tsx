// What each line is, and how much: at the crosshair, else the newest.
import type { Seconds } from '../../../src/units/index.ts';
import { useDashboard } from '../state/dashboard.tsx';
import type { Columns } from './columns.ts';
import { colourOf, type Line } from './lines.ts';
import type { Mark } from './mark.ts';
import type { Palette } from './palette.ts';
import { formatMoment, formatValue, type Unit } from './scale-format.ts';

interface LegendProps {
  readonly unit: Unit;
  readonly columns: Columns;
  readonly lines: readonly Line[];
  /** The time under the crosshair. */
  readonly cursor: Seconds | null;
  readonly threshold: number | undefined;
  readonly marks: readonly Mark[];
  readonly palette: Palette;
}

export function Legend({ unit, columns, lines, cursor, threshold, marks, palette }: LegendProps) {
  const { live } = useDashboard();
  const index = nearest(columns.at, cursor);
  const at = cursor === null ? undefined : columns.at[index];
  const near = cursor === null ? undefined : nearMark(marks, cursor, columns);
  return (
    <p class="legend">
      {lines.map((line) => (
        <span key={line.metric} title={range(unit, columns, line, index)}>
          <i style={{ background: colourOf(line, palette) }} />
          {line.label} <b>{formatValue(unit, columns.metrics[line.metric]?.mean[index])}</b>
        </span>
      ))}
      {threshold !== undefined && (
        <span>
          ⊖ threshold <b>{formatValue(unit, threshold)}</b>
        </span>
      )}
      {at !== undefined && <time>{formatMoment(at, live.now.get())}</time>}
      {near && <span class="near">{near.label}</span>}
    </p>
  );
}

function range(unit: Unit, { metrics }: Columns, { metric }: Line, index: number): string {
  const measured = metrics[metric];
  return `between ${formatValue(unit, measured?.min[index])} and ${formatValue(unit, measured?.max[index])}`;
}

/** The place of the time next to `cursor`, by bisection; the last without a cursor. */
export function nearest(at: readonly Seconds[], cursor: Seconds | null): number {
  if (cursor === null) return at.length - 1;
  let [low, high] = [0, at.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? 0) < cursor) low = middle + 1;
    else high = middle;
  }
  const [before = Number.NEGATIVE_INFINITY, after = Number.POSITIVE_INFINITY] = [at[low - 1], at[low]];
  return cursor - before < after - cursor ? low - 1 : low;
}

/** Within a hundredth of what is shown. */
function nearMark(marks: readonly Mark[], cursor: Seconds, { at }: Columns): Mark | undefined {
  const reach = ((at.at(-1) ?? 0) - (at[0] ?? 0)) / 100;
  return marks.find(({ atSeconds }) => Math.abs(atSeconds - cursor) <= reach);
}
