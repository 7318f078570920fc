// Verdicts and trends on the wire, under the names that `plimsoll judge` prints.
import { z } from 'zod';
import { VERDICTS } from '../../model/index.ts';
import { count, interval, seconds, timestamp, trendDirection } from './scalar.ts';

export const evidence = z.strictObject({
  kind: z.string(),
  text: z.string(),
  points: z.array(z.strictObject({ timestamp, value: z.number() })).optional(),
});

export const verdict = z.strictObject({
  subject: z.string().describe('host, swap, process:4211 …'),
  verdict: z.enum(VERDICTS),
  leak: z.boolean(),
  confidence: z.number().min(0).max(1),
  growth_bytes_per_hour: z.number().nullable(),
  growth_interval_bytes_per_hour: interval.optional().describe('95 % interval of the growth'),
  since: timestamp.optional(),
  time_to_limit_seconds: seconds.nullable(),
  time_to_limit_interval_seconds: interval.optional(),
  part: z.enum(['heap', 'external', 'native', 'rss', 'host', 'swap']).optional(),
  evidence: z.array(evidence),
});

export const metricTrend = z.strictObject({
  trend: trendDirection,
  slope: z.number().describe('percentage points per hour'),
  avg: z.number(),
  min: z.number(),
  max: z.number(),
  unit: z.literal('percent'),
  data_points: count,
});

export const trends = z.strictObject({
  period_hours: z.number(),
  data_points: count,
  trends: z.strictObject({ memory: metricTrend, swap: metricTrend }),
  verdicts: z.array(verdict),
});
