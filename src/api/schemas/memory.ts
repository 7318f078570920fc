// Host memory in the shape and under the names the first user's scripts read. What the kernel did not print is absent.
import { z } from 'zod';
import { count, gigabytes, megabytes, percent, trendDirection } from './scalar.ts';

export const virtualMemory = z.strictObject({
  percent: percent.describe('(total − available) / total, one decimal, as psutil computes it'),
  total_gb: gigabytes,
  used_gb: gigabytes,
  available_gb: gigabytes,
  free_gb: gigabytes,
  details: z.strictObject({
    active_gb: gigabytes.optional(),
    inactive_gb: gigabytes.optional(),
    buffers_gb: gigabytes.optional(),
    cached_gb: gigabytes.optional(),
    shared_gb: gigabytes.optional(),
    slab_gb: gigabytes.optional(),
  }),
});

export const swapMemory = z.strictObject({
  percent,
  total_gb: gigabytes,
  used_gb: gigabytes,
  free_gb: gigabytes,
  sin_gb: gigabytes.optional().describe('swapped in since boot, bytes / 1024³'),
  sout_gb: gigabytes.optional().describe('swapped out since boot, bytes / 1024³'),
});

export const topProcess = z.strictObject({
  pid: count,
  name: z.string(),
  memory_percent: percent,
  memory_mb: megabytes,
  memory_vms_mb: megabytes,
});

export const memory = z.strictObject({
  virtual: virtualMemory,
  swap: swapMemory,
  top_processes: z.array(topProcess).describe('strictly above 1 % of memory, the largest first'),
  trend: trendDirection,
});
