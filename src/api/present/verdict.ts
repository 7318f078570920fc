// Verdicts and trends, per hour where the model counts per second.
import type { Evidence, Interval, Trend, Verdict } from '../../model/index.ts';
import type { MetricTrends } from '../../monitor/monitor.ts';
import { formatTime, HOUR, roundHalfEven } from '../../units/index.ts';
import type { Evidence as EvidenceWire, MetricTrend, Trends, Verdict as VerdictWire } from '../wire.ts';
import { asIs, field, toPercent } from './quantity.ts';

export function presentVerdict(verdict: Verdict): VerdictWire {
  const { growthBytesPerSecond, timeToLimitSeconds } = verdict;
  return {
    subject: verdict.subject,
    verdict: verdict.kind,
    leak: verdict.kind === 'leaking',
    confidence: verdict.confidence,
    growth_bytes_per_hour: growthBytesPerSecond === undefined ? null : growthBytesPerSecond * HOUR,
    ...field('growth_interval_bytes_per_hour', verdict.growthInterval, perHour),
    ...field('since', verdict.sinceSeconds, formatTime),
    time_to_limit_seconds: timeToLimitSeconds ?? null,
    ...field('time_to_limit_interval_seconds', verdict.timeToLimitInterval, ({ low, high }) => ({
      low,
      high,
    })),
    ...field('part', verdict.part, asIs),
    evidence: verdict.evidence.map(presentEvidence),
  };
}

function perHour({ low, high }: Interval) {
  return { low: low * HOUR, high: high * HOUR };
}

function presentEvidence({ kind, text, points }: Evidence): EvidenceWire {
  return {
    kind,
    text,
    ...field('points', points, (all) =>
      all.map(({ atSeconds, value }) => ({ timestamp: formatTime(atSeconds), value })),
    ),
  };
}

export function presentTrends(trends: MetricTrends): Trends {
  return {
    period_hours: trends.hours,
    data_points: trends.memory.points,
    trends: { memory: presentMetricTrend(trends.memory), swap: presentMetricTrend(trends.swap) },
    verdicts: trends.verdicts.map(presentVerdict),
  };
}

/** A slow leak is a small slope: four decimals, where everything else has two. */
function presentMetricTrend(trend: Trend): MetricTrend {
  return {
    trend: trend.direction,
    slope: roundHalfEven(trend.slopePerHour, 4),
    avg: toPercent(trend.average),
    min: toPercent(trend.min),
    max: toPercent(trend.max),
    unit: 'percent',
    data_points: trend.points,
  };
}
