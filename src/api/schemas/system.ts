// The host and the monitor's own process at one moment: what detailed-metrics and a health check show.
import { z } from 'zod';
import { alertsSummary } from './alert.ts';
import { memory } from './memory.ts';
import {
  count,
  cpuPercent,
  limitMegabytes,
  megabytes,
  percent,
  seconds,
  timestamp,
  trendDirection,
} from './scalar.ts';
import { workerThreads } from './worker-threads.ts';

export const cpu = z.strictObject({
  current_usage: percent.nullable().describe('busy share of all processors; null in the first sample'),
  logical_count: count,
  load_average: z.strictObject({ '1min': z.number(), '5min': z.number(), '15min': z.number() }).nullable(),
  trend: trendDirection.describe('the load of the last minute against that of the last fifteen'),
});

const pressureLine = z.strictObject({
  avg10: percent,
  avg60: percent,
  avg300: percent,
  total_seconds: seconds,
});

export const pressure = z
  .strictObject({ some: pressureLine.optional(), full: pressureLine.optional() })
  .describe('shares of time in which some, or all, tasks waited for memory (PSI)');

const gcKind = z.strictObject({ count, seconds });

export const heap = z.strictObject({
  used_mb: megabytes,
  total_mb: megabytes,
  limit_mb: megabytes.describe("V8's heap_size_limit, which counts the young generation too; bytes / 1024²"),
  external_mb: megabytes,
  array_buffers_mb: megabytes,
  old_space_mb: megabytes.optional(),
  floor_mb: megabytes.optional().describe('used just after the newest major collection; bytes / 1024²'),
  floor_at: timestamp.optional(),
  age_seconds: seconds.describe('more than a sample interval while the event loop is blocked'),
  gc: z.strictObject({ minor: gcKind, major: gcKind, incremental: gcKind, weakcb: gcKind }),
});

export const ownProcess = z.strictObject({
  pid: count,
  cpu_percent: cpuPercent.nullable().describe('of one processor; null in the first sample'),
  cpu_seconds: seconds,
  memory_mb: megabytes,
  num_threads: count.optional(),
  create_time: timestamp.optional(),
  status: z.string().optional().describe("psutil's word: running, sleeping, disk-sleep …"),
  heap: heap.optional().describe('of its main thread'),
  ...workerThreads,
});

export const cgroup = z.strictObject({
  version: z.literal([1, 2]),
  path: z.string(),
  usage_mb: megabytes.optional(),
  working_set_mb: megabytes.optional().describe('usage minus inactive file pages; bytes / 1024²'),
  limit_mb: limitMegabytes,
  limit_path: z.string().optional().describe('the cgroup, up the ancestry, that sets the limit'),
  high_mb: limitMegabytes,
  peak_mb: megabytes.optional(),
  swap_usage_mb: megabytes.optional(),
  swap_limit_mb: limitMegabytes,
  events: z
    .strictObject({
      low: count.optional(),
      high: count.optional(),
      max: count.optional(),
      oom: count.optional(),
      oom_kill: count.optional(),
    })
    .optional(),
  pressure: pressure.optional(),
});

export const systemOverview = z.strictObject({
  cpu: cpu.optional(),
  memory: memory.optional(),
  process: ownProcess,
  pressure: pressure.optional(),
  cgroup: cgroup.optional(),
});

export const detailedMetrics = z.strictObject({
  timestamp,
  system_overview: systemOverview,
  alerts_summary: alertsSummary,
});
