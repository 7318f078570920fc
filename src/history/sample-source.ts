// What a history has to offer to answer for a series, whatever it keeps its samples in.
import { type Bucket, toPoint } from './bucket.ts';
import type { HistorySeries, SeriesRange } from './history.ts';
import { chooseStep, type Extent, type RangeMs, type Step, toRangeMs } from './resolution.ts';
import { type SeriesKey, scaleOf } from './stored-series.ts';

export interface SampleSource {
  /** Absent when nothing was ever recorded. */
  extent(): Extent | undefined;
  /** In time's order, every bucket that overlaps the range. */
  buckets(key: SeriesKey, range: RangeMs, step: Step): readonly Bucket[];
}

const NOTHING: HistorySeries = { resolution: 'sample', points: [] };

export function readSeries(source: SampleSource, key: SeriesKey, range: SeriesRange): HistorySeries {
  const extent = source.extent();
  if (extent === undefined) return NOTHING;
  const step = chooseStep(range, extent);
  return toSeries(source.buckets(key, toRangeMs(range), step), key, step);
}

function toSeries(buckets: readonly Bucket[], key: SeriesKey, step: Step): HistorySeries {
  const scale = scaleOf(key);
  const points = buckets.map((bucket) => toPoint(bucket, scale));
  if (step.resolution === 'sample') return { resolution: 'sample', points };
  return { resolution: step.resolution, bucketSeconds: step.widthMs / 1000, points };
}
