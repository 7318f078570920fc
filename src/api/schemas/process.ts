// Processes: the table, one of them, and what is known of its past.
import { z } from 'zod';
import { history } from './history.ts';
import {
  bytes,
  count,
  cpuPercent,
  megabytes,
  percent,
  seconds,
  timestamp,
  trendDirection,
} from './scalar.ts';
import { verdict } from './verdict.ts';
import { workerThreads } from './worker-threads.ts';

const identity = {
  pid: count,
  start_ticks: count.describe(
    'clock ticks from boot to the start: with the pid, an identity that is never reused',
  ),
  name: z.string(),
};

export const processRecord = z.strictObject({
  ...identity,
  start_time: timestamp,
  parent_pid: count,
  command: z.string().describe('arguments joined by spaces, clipped to 1,000 characters in a list'),
  state: z.string().describe("the kernel's letter"),
  rss_bytes: bytes,
  vms_bytes: bytes,
  cpu_percent: cpuPercent.nullable().describe("of one processor; null in a process's first scan"),
  cpu_seconds: seconds,
  threads: count,
  memory_percent: percent.describe('RSS, of the memory of the host'),
});

export const processList = z.strictObject({
  timestamp,
  total: count.describe('processes on the host'),
  matched: count.describe('of these, how many the filter lets through'),
  processes: z.array(processRecord),
});

export const processTrend = z.strictObject({
  name: z.string(),
  start_ticks: identity.start_ticks,
  start_time: timestamp.optional(),
  sample_count: count,
  cpu_avg: cpuPercent,
  cpu_max: cpuPercent,
  cpu_min: cpuPercent,
  rss_avg_mb: megabytes,
  rss_max_mb: megabytes,
  rss_min_mb: megabytes,
  rss_slope_mb_per_hour: z.number(),
  rss_trend: trendDirection,
  first_seen: timestamp,
  last_seen: timestamp,
});

export const processPoint = z.strictObject({ timestamp, cpu_percent: cpuPercent, rss_mb: megabytes });

export const memoryMap = z
  .strictObject({
    rss_bytes: bytes,
    pss_bytes: bytes.optional(),
    uss_bytes: bytes.optional(),
    pss_anon_bytes: bytes.optional(),
    pss_file_bytes: bytes.optional(),
    pss_shmem_bytes: bytes.optional(),
    swap_bytes: bytes.optional(),
    swap_pss_bytes: bytes.optional(),
  })
  .describe('out of smaps_rollup, when asked for and readable');

export const processDetail = z.strictObject({
  timestamp,
  process: processRecord,
  tracked: z.boolean(),
  trend: processTrend.optional(),
  verdict: verdict.optional(),
  memory_map: memoryMap.optional(),
  ...workerThreads,
  history,
});
