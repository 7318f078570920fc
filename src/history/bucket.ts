// A roll-up: what is kept of many values of one series. Roll-ups of roll-ups lose nothing more, because minimum, maximum, sum
// and count of a whole follow from those of its parts.
import type { HistoryPoint } from './history.ts';

/** `min` to `sum` are whole numbers in the store's scale; `atMs` is the bucket's start. */
export interface Bucket {
  readonly atMs: number;
  readonly min: number;
  readonly max: number;
  /** Of the newest value. */
  readonly last: number;
  readonly sum: number;
  readonly count: number;
}

export function bucketOf(atMs: number, value: number): Bucket {
  return { atMs, min: value, max: value, last: value, sum: value, count: 1 };
}

/** `later` counts as the newer of the two. */
export function mergeBuckets(earlier: Bucket, later: Bucket): Bucket {
  return {
    atMs: earlier.atMs,
    min: Math.min(earlier.min, later.min),
    max: Math.max(earlier.max, later.max),
    last: later.last,
    sum: earlier.sum + later.sum,
    count: earlier.count + later.count,
  };
}

export function alignDown(atMs: number, widthMs: number): number {
  return Math.floor(atMs / widthMs) * widthMs;
}

/** Buckets in time's order into wider ones, aligned to the epoch. */
export function widenBuckets(buckets: readonly Bucket[], widthMs: number): readonly Bucket[] {
  const wide: Bucket[] = [];
  for (const bucket of buckets) {
    const atMs = alignDown(bucket.atMs, widthMs);
    const open = wide.at(-1);
    if (open?.atMs === atMs) wide[wide.length - 1] = mergeBuckets(open, bucket);
    else wide.push({ ...bucket, atMs });
  }
  return wide;
}

/** `scale`: whole numbers in the store per unit outside. */
export function toPoint(bucket: Bucket, scale: number): HistoryPoint {
  return {
    atSeconds: bucket.atMs / 1000,
    min: bucket.min / scale,
    max: bucket.max / scale,
    mean: bucket.sum / bucket.count / scale,
    last: bucket.last / scale,
    count: bucket.count,
  };
}
