// Series over time, for charts: samples as they were, or roll-ups that keep min, max, mean and last.
import { z } from 'zod';
import { count, seconds, timestamp } from './scalar.ts';

export const historyPoint = z.strictObject({
  timestamp,
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  last: z.number(),
  count: count.describe('samples in this point'),
});

export const series = z.strictObject({
  metric: z.string(),
  unit: z.enum(['bytes', 'percent']),
  resolution: z.enum(['sample', 'minute', 'hour']),
  points: z.array(historyPoint),
});

/** Series side by side over one column of times: a few bytes a point, for charts. */
const column = z.array(z.number().nullable()).describe('one a time; null: nothing was measured then');
export const seriesColumns = z.strictObject({
  metric: z.string(),
  unit: z.enum(['bytes', 'percent']),
  mean: column,
  min: column.optional().describe('of a roll-up: a sample is its own least and most'),
  max: column.optional(),
});
export const historyColumns = z.strictObject({
  from: timestamp,
  to: timestamp,
  resolution: z.enum(['sample', 'minute', 'hour']),
  at: z.array(seconds).describe('seconds since the Unix epoch, rising'),
  series: z.array(seriesColumns),
});

export const history = z.strictObject({ from: timestamp, to: timestamp, series: z.array(series) });
