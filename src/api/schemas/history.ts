// Series over time, for charts: samples as they were, or roll-ups that keep min, max, mean and last.
import { z } from 'zod';
import { count, timestamp } from './scalar.ts';

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

export const history = z.strictObject({ from: timestamp, to: timestamp, series: z.array(series) });
