// How quantities read to people: IEC units, three significant figures, durations in two parts.
import type { Bytes, Seconds } from './quantities.ts';

const IEC_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** `812 MiB`, `1.42 GiB`, `0 B`. Negative sizes keep their sign. */
export function formatBytes(bytes: Bytes): string {
  const sign = bytes < 0 ? '-' : '';
  let size = Math.abs(bytes);
  let unit = 0;
  // 1023.5 would print as "1024": it belongs to the next unit.
  while (size >= 1023.5 && unit < IEC_UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${sign}${threeFigures(size, unit === 0)} ${IEC_UNITS[unit]}`;
}

/** `1,234,567`: whole, every digit of it. Without Intl, whose first use takes a browser tens of milliseconds. */
export function formatCount(count: number): string {
  return count.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',');
}

function threeFigures(size: number, whole: boolean): string {
  if (whole || size >= 99.95) return size.toFixed(0);
  return size >= 9.995 ? size.toFixed(1) : size.toFixed(2);
}

/** `+38.0 MiB/h`, `-1.20 KiB/h`, `0 B/h`. */
export function formatGrowthPerHour(bytesPerSecond: number): string {
  const perHour = bytesPerSecond * 3600;
  const sign = perHour > 0 ? '+' : '';
  return `${sign}${formatBytes(perHour)}/h`;
}

const DURATION_PARTS: readonly (readonly [string, Seconds])[] = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
];

/** The two largest parts: `5 h 10 min`, `3 d 2 h`, `12 s`, `0.35 s` below ten seconds. */
export function formatDuration(seconds: Seconds): string {
  if (seconds < 0) return `-${formatDuration(-seconds)}`;
  if (seconds < 10) return `${Number(seconds.toPrecision(2))} s`;
  let rest = Math.round(seconds);
  const first = DURATION_PARTS.findIndex(([, length]) => rest >= length);
  return DURATION_PARTS.slice(first, first + 2)
    .map(([unit, length]) => {
      const count = Math.floor(rest / length);
      rest -= count * length;
      return count > 0 ? `${count} ${unit}` : '';
    })
    .filter((part) => part !== '')
    .join(' ');
}

/** ISO 8601 in UTC with a `Z`, from seconds since the Unix epoch. */
export function formatTime(atSeconds: Seconds): string {
  return new Date(atSeconds * 1000).toISOString();
}
