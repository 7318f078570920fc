// Allocation snapshots: which functions hold live memory.
import { z } from 'zod';
import { padding, preciseMode } from './precise-mode.ts';
import { previousRun } from './previous-run.ts';
import { bytes, count, megabytes, seconds, timestamp } from './scalar.ts';
import { allocation, growingSite } from './site.ts';
import { verdict } from './verdict.ts';
import { workerThread, workerThreads } from './worker-threads.ts';

export const sourceExcerpt = z.strictObject({
  file: z.string(),
  line: count.describe('the place'),
  first_line: count.describe('of the first of `lines`, from 1'),
  lines: z.array(z.string()).describe('as written, cut where they are very long'),
});

export const buffers = z.strictObject({
  read_at: timestamp.describe('when the service reported them last: an old time while it is blocked'),
  total_mb: megabytes.describe(
    'Buffers, ArrayBuffers and typed arrays of the main thread and of the worker threads that have told of theirs',
  ),
  attributed_mb: megabytes,
  unattributed_mb: megabytes.describe(
    'allocated by native code, before the monitor, or received from other threads',
  ),
  top_allocations: z.array(allocation).describe('the largest first'),
});

export const snapshot = z.strictObject({
  id: z.string(),
  timestamp,
  memory_mb: megabytes.describe('RSS of the process at the time, bytes / 1024²'),
  trigger: z.enum(['threshold', 'manual', 'growth', 'near-limit']),
  sampled_bytes: z.number().describe('live bytes that the samples stand for'),
  sample_interval: z
    .number()
    .nullable()
    .describe('mean bytes between two samples; null: another profiler runs the sampler and does not say'),
  heap_used_mb: megabytes.optional().describe('what sampled_bytes can be checked against'),
  basis: z
    .enum(['after-major-collection', 'minimum', 'as-read'])
    .describe(
      'how garbage was kept out; minimum: of each stack the least of basis_readings readings; as-read: whatever was there, garbage included',
    ),
  basis_readings: count.optional().describe('of the basis minimum: how many it is the least of'),
  callees_billed_to_callers: z
    .boolean()
    .describe("true: inlining is on, and a function's bytes may stand at its caller"),
  top_allocations: z.array(allocation).describe('on the heap and off it, the largest first'),
  buffers: buffers.optional().describe('absent unless MONITORING_TRACEMALLOC_BUFFERS is set'),
});

export const sampler = z.strictObject({
  started: z
    .enum(['native', 'inspector', 'foreign'])
    .describe('inspector: every reading forces a collection; foreign: another profiler runs it'),
  reason: z.string().optional().describe('why it was not started natively'),
  before_application: z
    .boolean()
    .optional()
    .describe('false: what was allocated before the start does not show'),
  readings: count,
  last_pause_seconds: seconds
    .optional()
    .describe('the most that the newest reading can have paused the service'),
  precise: preciseMode.optional().describe('of the main thread; absent unless precise mode is on'),
  padding: padding.optional().describe('of the main thread; absent where functions are not padded'),
});

export const memoryLeaks = z.strictObject({
  enabled: z.boolean(),
  current_memory_mb: megabytes
    .nullable()
    .describe('RSS of the watched process, bytes / 1024²; null before the first sample'),
  threshold_mb: megabytes,
  snapshot_count: count,
  snapshots: z.array(snapshot).describe('oldest first'),
  latest_snapshot: snapshot.nullable(),
  verdict: verdict.optional(),
  growing_sites: z.array(growingSite).describe('the most grown first'),
  ...workerThreads,
  workers: z
    .array(workerThread.extend({ verdict: verdict.optional(), growing_sites: z.array(growingSite) }))
    .optional()
    .describe('worker threads of the service, by id, at most 64, each with what grows in it'),
  previous_run: previousRun.optional().describe('how the run before this one died; absent: it ended well'),
  buffers: buffers
    .optional()
    .describe('as they are now; absent unless MONITORING_TRACEMALLOC_BUFFERS is set'),
  sampler: sampler.optional().describe('absent while profiling is off'),
  message: z.string().optional().describe('how to enable it, while it is not'),
});

const place = z.strictObject({ file: z.string(), line: count });

const statisticTraceback = {
  traceback: z.array(place).describe('oldest first; one place unless the key is traceback'),
  formatted: z.array(z.string()).optional().describe("Traceback.format's lines, where they were asked for"),
};

const statistic = z.strictObject({ ...statisticTraceback, size: bytes, count });

export const snapshotStatistics = z.strictObject({
  snapshot: z.string(),
  key: z.enum(['lineno', 'filename', 'traceback']),
  cumulative: z.boolean(),
  total: count.describe('statistics there are; at most 500 are shown'),
  statistics: z.array(statistic).describe('the largest first'),
});

export const snapshotDifference = z.strictObject({
  ...statisticTraceback,
  size: bytes.describe('bytes in the later snapshot'),
  size_diff: z.number().describe('bytes; negative: it shrank'),
  count,
  count_diff: z.int(),
});

export const snapshotComparison = z.strictObject({
  before: z.string().describe('the earlier of the two'),
  after: z.string(),
  key: z.enum(['lineno', 'filename', 'traceback']),
  cumulative: z.boolean(),
  total: count.describe('differences there are; at most 500 are shown'),
  differences: z.array(snapshotDifference).describe('the largest change first, in either direction'),
  cautions: z.array(z.string()).describe('why the comparison may mislead'),
});
