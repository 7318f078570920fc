// How the monitor is set up, how it fares and what it costs.
import { z } from 'zod';
import { healthStatus } from './alert.ts';
import { preciseMode } from './precise-mode.ts';
import { previousRun } from './previous-run.ts';
import { count, cpuPercent, megabytes, percent, seconds, timestamp } from './scalar.ts';
import { tracing } from './tracing.ts';

export const historyState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('memory') }),
  z.strictObject({ kind: z.literal('disk'), path: z.string(), size_mb: megabytes }),
  z.strictObject({ kind: z.literal('degraded'), path: z.string(), reason: z.string(), since: timestamp }),
]);

export const collectorState = z.strictObject({
  collector: z.string(),
  outcome: z.enum(['ok', 'absent', 'failed']),
  duration_ms: z.number(),
  failures_total: count,
  reason: z.string().optional(),
});

export const selfMeasurement = z.strictObject({
  memory_mb: megabytes.describe(
    "the agent's RSS; in a service the memory of the monitor's own thread; bytes / 1024²",
  ),
  cpu_percent: cpuPercent,
  cpu_seconds: seconds,
  samples_total: count,
  dropped_samples_total: count,
  notifications_dropped_total: count,
  collectors: z.array(collectorState),
});

export const status = z.strictObject({
  enabled: z.boolean().describe('whether health checks and notifications are on'),
  status: z.enum(['starting', 'running']),
  mode: z.enum(['agent', 'service']),
  host: z.string().describe('name of this machine'),
  version: z.string(),
  started_at: timestamp,
  uptime_seconds: seconds,
  check_interval: seconds,
  sample_interval: seconds,
  active_alerts: count,
  last_check: z.strictObject({ started_at: timestamp, ended_at: timestamp, status: healthStatus }).nullable(),
  thresholds: z.strictObject({ memory: percent, process_rss_mb: megabytes }),
  channels: z.record(z.string(), z.boolean()).describe('channel → configured'),
  channel_problems: z.record(z.string(), z.string()).describe('why a configured channel cannot be used'),
  runtime_settings: z.strictObject({
    memory_threshold: percent,
    health_check_interval: seconds,
    consecutive_failures: count,
    dedup_window_seconds: seconds,
    max_runtime_seconds: seconds.nullable(),
    health_check_cooldown_seconds: seconds,
    alert_recovery_minutes: z.number(),
  }),
  tracemalloc: tracing
    .pick({ tracing: true, since: true, started_by: true })
    .describe('whether allocations are traced now, whatever the setting says'),
  precise: preciseMode
    .optional()
    .describe('what precise mode has done on the main thread; absent unless it is on'),
  previous_run: previousRun.optional().describe('how the run before this one died; absent: it ended well'),
  history: historyState,
  self: selfMeasurement,
});
