// One stream of figures as the judge looks at it: bucket by bucket, over one or several lives of the process.
import type { Column } from './regression.ts';

/** All columns have one value a bucket. */
export interface StreamRecord {
  /** Seconds since the first bucket's middle. */
  readonly times: Column;
  /** Seconds since the life began. */
  readonly ages: Column;
  readonly values: Column;
  /** What may drive the figures, relative to its mean, one column for each lag that is tried; none when nothing is known. */
  readonly drivers: readonly Column[];
  /** Requests per second over their mean; absent when they are not known. */
  readonly rates?: Column;
  /** Indices at which a life starts, 0 first. */
  readonly lives: readonly number[];
  /** The value that stands for no bytes at all, where the values are not bytes. */
  readonly nothing?: number;
}

export const lastOf = (values: ArrayLike<number>): number => values[values.length - 1] ?? 0;

export const spanOf = ({ times }: StreamRecord): number => lastOf(times) - (times[0] ?? 0);

/** One column a life that is 1 in it, so that each life has a level of its own. */
export function levelsOf({ values, lives }: StreamRecord): Column[] {
  return lives.map((start, life) =>
    new Float64Array(values.length).fill(1, start, lives[life + 1] ?? values.length),
  );
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] as number;
  return sum / Math.max(1, values.length);
}

/** Of so many parts of equal length, or of every value where there are fewer. */
export function windowMeans(values: Column, windows: number): number[] {
  const count = Math.min(windows, values.length);
  const edge = (window: number) => Math.floor((window * values.length) / count);
  return Array.from({ length: count }, (_, window) => mean(values.subarray(edge(window), edge(window + 1))));
}

/** NaN of nothing. */
export function median(values: ArrayLike<number>): number {
  const sorted = new Float64Array(values).sort();
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** The median of the column's last part less that of its first: by how much it rose, whatever a few readings say. */
export function riseOf(column: Column, part: number): number {
  const count = Math.max(1, Math.round(column.length * part));
  return median(column.subarray(column.length - count)) - median(column.subarray(0, count));
}
