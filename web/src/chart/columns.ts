// Series as a chart wants them: one column of times that all share, and for each metric its mean and the least and the most it
// was. Live samples are appended as they come, and what has moved out of the range is dropped, so that a page that is left
// open does not grow.
import type { HistoryColumns } from '../../../src/api/wire.ts';
import type { Seconds } from '../../../src/units/index.ts';

/** null: nothing was measured then. */
export type Column = readonly (number | null)[];

export interface Measured {
  readonly mean: Column;
  readonly min: Column;
  readonly max: Column;
}

export interface Columns {
  /** Seconds since the Unix epoch, rising. */
  readonly at: readonly Seconds[];
  readonly metrics: Readonly<Record<string, Measured>>;
  /** Whether points are samples as they were, so that the newest sample continues them. */
  readonly resolution: HistoryColumns['resolution'];
}

export const NO_COLUMNS: Columns = { at: [], metrics: {}, resolution: 'sample' };

/** A sample is its own least and most. */
export function toColumns({ at, resolution, series }: HistoryColumns): Columns {
  const metrics = series.map(
    ({ metric, mean, min = mean, max = mean }) => [metric, { mean, min, max }] as const,
  );
  return { at, resolution, metrics: Object.fromEntries(metrics) };
}

export type Reading = Readonly<Record<string, number | undefined>>;

/** With one more sample, and without what is older than `sinceSeconds`. The same columns for a sample that is not newer. */
export function appendReading(
  columns: Columns,
  atSeconds: Seconds,
  reading: Reading,
  sinceSeconds: Seconds,
): Columns {
  if (atSeconds <= (columns.at.at(-1) ?? 0)) return columns;
  const first = columns.at.findIndex((at) => at >= sinceSeconds);
  const from = first === -1 ? columns.at.length : Math.max(0, first - 1);
  const push = (column: Column, value: number | undefined) => [...column.slice(from), value ?? null];
  const metrics = Object.entries(columns.metrics).map(([metric, { mean, min, max }]) => {
    const value = reading[metric];
    const longer = push(mean, value);
    const pushed = (column: Column) => (column === mean ? longer : push(column, value));
    return [metric, { mean: longer, min: pushed(min), max: pushed(max) }] as const;
  });
  return { ...columns, at: [...columns.at.slice(from), atSeconds], metrics: Object.fromEntries(metrics) };
}

/** Steps this many times the usual one are a gap, not a line. */
const GAP_FACTOR = 3.5;
/** Shorter, a machine that is busy is no outage. */
const LEAST_GAP_SECONDS: Seconds = 5;

/**
 * Where nothing was measured for longer than usual a null is put in, so that no line is drawn across: an outage is not flat
 * memory.
 */
export function withGaps(at: readonly Seconds[], columns: readonly Column[]): [Seconds[], ...Column[]] {
  const usual = median(at.slice(1).map((time, index) => time - (at[index] ?? 0)));
  const longest = Math.max(usual * GAP_FACTOR, LEAST_GAP_SECONDS);
  const times: Seconds[] = [];
  const filled: (number | null)[][] = columns.map(() => []);
  at.forEach((time, index) => {
    const before = at[index - 1];
    if (before !== undefined && usual > 0 && time - before > longest) {
      times.push((before + time) / 2);
      for (const column of filled) column.push(null);
    }
    times.push(time);
    for (const [which, column] of columns.entries()) filled[which]?.push(column[index] ?? null);
  });
  return [times, ...filled];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
