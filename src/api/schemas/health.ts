// One health check, asked for.
import { z } from 'zod';
import { alertEntry, healthStatus } from './alert.ts';
import { timestamp } from './scalar.ts';
import { systemOverview } from './system.ts';

export const healthCheck = z.strictObject({
  timestamp,
  status: healthStatus,
  alerts: z.array(alertEntry),
  metrics: systemOverview.optional().describe('absent while there is no sample'),
  error: z.string().optional().describe('why the status is error'),
});

export const liveness = z.strictObject({ status: z.literal('alive') });
export const readiness = z.strictObject({ status: z.literal('ready') });
