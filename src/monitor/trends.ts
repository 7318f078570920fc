// Trends out of history: the seed's words for memory and swap, and for each tracked process.
import type { History, HostMetric } from '../history/history.ts';
import type { TrackedTrend } from '../history/index.ts';
import { FLAT_PERCENTAGE_POINTS_PER_HOUR, trendOf } from '../leak/index.ts';
import type { SeriesPoint, Trend } from '../model/index.ts';
import { HOUR, type Seconds } from '../units/index.ts';
import type { ProcessTrend } from './monitor.ts';

/** A share of memory over the last hours, in percentage points per hour. */
export function percentTrend(
  history: History,
  metric: HostMetric,
  hours: number,
  nowSeconds: Seconds,
): Trend {
  const { points } = history.hostSeries(metric, {
    fromSeconds: nowSeconds - hours * HOUR,
    toSeconds: nowSeconds,
  });
  const means = points.map(({ atSeconds, mean }): SeriesPoint => ({ atSeconds, value: mean }));
  return trendOf(means, { flatSlopePerHour: FLAT_PERCENTAGE_POINTS_PER_HOUR });
}

export function processTrend(tracked: TrackedTrend): ProcessTrend {
  const rss = tracked.history.map(({ atSeconds, rssBytes }): SeriesPoint => ({ atSeconds, value: rssBytes }));
  return { ...tracked, rssTrend: trendOf(rss) };
}
