// Allocation snapshots: which functions hold live memory.
import { z } from 'zod';
import { count, megabytes, timestamp } from './scalar.ts';
import { verdict } from './verdict.ts';

const sitePosition = { function: z.string(), file: z.string(), line: count, column: count };

export const allocation = z.strictObject({ ...sitePosition, size_mb: megabytes, count });

export const growingSite = z.strictObject({
  ...sitePosition,
  growth_mb: megabytes,
  live_mb: megabytes,
  share: z.number().min(0).max(1).describe('of all growth'),
});

export const snapshot = z.strictObject({
  id: z.string(),
  timestamp,
  memory_mb: megabytes,
  trigger: z.enum(['threshold', 'manual', 'growth', 'near-limit']),
  sampled_bytes: z.number(),
  sample_interval: z.number().describe('mean bytes between two samples'),
  top_allocations: z.array(allocation),
});

export const memoryLeaks = z.strictObject({
  enabled: z.boolean(),
  current_memory_mb: megabytes
    .nullable()
    .describe('RSS of the watched process, bytes / 1024²; null before the first sample'),
  threshold_mb: megabytes,
  snapshot_count: count,
  snapshots: z.array(snapshot),
  latest_snapshot: snapshot.nullable(),
  verdict: verdict.optional(),
  growing_sites: z.array(growingSite),
  message: z.string().optional().describe('how to enable it, while it is not'),
});
