// Which resolution answers a question about a range: the finest that is kept for all of it and stays within the points
// asked for. A chart of a day with room for 600 points gets minutes merged by threes rather than 24 hours.
import type { Resolution, SeriesRange } from './history.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

/** A day of minutes, with room to spare. */
export const DEFAULT_MAX_POINTS = 1500;

/** Minutes are merged up to this many at a time; past it the hours are read: what is read stays in proportion to what is drawn. */
const MAX_MERGED_MINUTES = 4;

export interface RangeMs {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A resolution and the width of its buckets; samples have none. */
export interface Step {
  readonly resolution: Resolution;
  readonly widthMs: number;
}

/** What a history holds. */
export interface Extent {
  readonly oldestMs: number;
  readonly newestMs: number;
  /** Since when each is kept whole; hours go back to `oldestMs`. */
  readonly samplesFromMs: number;
  readonly minutesFromMs: number;
  /** How many samples are in the range; counting may stop at `limit`. */
  readonly countSamples: (range: RangeMs, limit: number) => number;
}

export function toRangeMs(range: SeriesRange): RangeMs {
  return { fromMs: Math.round(range.fromSeconds * 1000), toMs: Math.round(range.toSeconds * 1000) };
}

export function chooseStep(range: SeriesRange, extent: Extent): Step {
  const { fromMs, toMs } = toRangeMs(range);
  const held = { fromMs: Math.max(fromMs, extent.oldestMs), toMs: Math.min(toMs, extent.newestMs) };
  const maxPoints = Math.max(1, Math.floor(range.maxPoints ?? DEFAULT_MAX_POINTS));
  if (extent.samplesFromMs <= held.fromMs && extent.countSamples(held, maxPoints + 1) <= maxPoints)
    return { resolution: 'sample', widthMs: 0 };
  const minutes = widthToFit(held, MINUTE_MS, maxPoints);
  if (extent.minutesFromMs <= held.fromMs && minutes <= MAX_MERGED_MINUTES * MINUTE_MS)
    return { resolution: 'minute', widthMs: minutes };
  return { resolution: 'hour', widthMs: widthToFit(held, HOUR_MS, maxPoints) };
}

/** The least multiple of `unitMs` with which the range has at most `maxPoints` buckets, wherever in a bucket it starts. */
function widthToFit({ fromMs, toMs }: RangeMs, unitMs: number, maxPoints: number): number {
  const span = Math.max(0, toMs - fromMs);
  const bucketsWith = (factor: number) => Math.floor(span / (unitMs * factor)) + 2;
  let factor = Math.max(1, Math.ceil(span / unitMs / maxPoints));
  while (bucketsWith(factor) > maxPoints && unitMs * factor <= span) factor += 1;
  return unitMs * factor;
}
