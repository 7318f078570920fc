// The seed's trend words for a series: the least-squares line over time. Over time and not over the sample's index, so that a
// gap in the samples, or another sampling interval, changes nothing. It describes; whether growth is a leak is for `judge.ts`.
import type { SeriesPoint, Trend, TrendDirection } from '../model/index.ts';
import { HOUR } from '../units/index.ts';

/** Below half a percentage point an hour a series of percentages is flat: less than a tenth of memory in twenty hours. */
export const FLAT_PERCENTAGE_POINTS_PER_HOUR = 0.5;

/** Any other series is flat below this share of its mean an hour. */
export const FLAT_SHARE_PER_HOUR = 0.005;

export interface TrendOptions {
  /** Slopes smaller than this are `stable`, in the series' unit per hour. Default: `FLAT_SHARE_PER_HOUR` of the mean. */
  readonly flatSlopePerHour?: number;
}

/** Needs two points at different times; points that share a time count each, as one cloud. Order does not matter. */
export function trendOf(points: readonly SeriesPoint[], options: TrendOptions = {}): Trend {
  const finite = points.filter((point) => Number.isFinite(point.value) && Number.isFinite(point.atSeconds));
  if (finite.length === 0) {
    return { direction: 'insufficient_data', slopePerHour: 0, average: 0, min: 0, max: 0, points: 0 };
  }
  const average = mean(finite.map((point) => point.value));
  const slope = slopePerHour(finite, average);
  const flat = options.flatSlopePerHour ?? Math.abs(average) * FLAT_SHARE_PER_HOUR;
  return {
    direction: slope === undefined ? 'insufficient_data' : directionOf(slope, flat),
    slopePerHour: slope ?? 0,
    average,
    min: finite.reduce((least, point) => Math.min(least, point.value), Number.POSITIVE_INFINITY),
    max: finite.reduce((most, point) => Math.max(most, point.value), Number.NEGATIVE_INFINITY),
    points: finite.length,
  };
}

/** Undefined when all points share one time. Times are centred first: seconds since 1970 squared would lose the slope. */
function slopePerHour(points: readonly SeriesPoint[], average: number): number | undefined {
  const centre = mean(points.map((point) => point.atSeconds));
  let spread = 0;
  let covariance = 0;
  for (const { atSeconds, value } of points) {
    spread += (atSeconds - centre) ** 2;
    covariance += (atSeconds - centre) * (value - average);
  }
  return spread > 0 ? (covariance / spread) * HOUR : undefined;
}

function directionOf(slope: number, flat: number): TrendDirection {
  if (slope === 0 || Math.abs(slope) < flat) return 'stable';
  return slope > 0 ? 'increasing' : 'decreasing';
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
