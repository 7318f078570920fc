// The worker threads of the watched service.
import { z } from 'zod';
import { preciseMode } from './precise-mode.ts';
import { bytes, count, seconds, timestamp } from './scalar.ts';

const identity = {
  thread_id: count.describe('as `threadId` of worker_threads has it'),
  name: z.string().describe('as its creator named it, otherwise after its file'),
};

export const workerThread = z.strictObject({
  ...identity,
  heap_used_bytes: bytes.optional().describe('absent when the thread did not answer'),
  heap_total_bytes: bytes.optional(),
  heap_limit_bytes: bytes.optional().describe('absent, as what follows, where the preload did not run'),
  heap_old_space_limit_bytes: bytes.optional().describe('as resourceLimits sets it, or by default'),
  heap_floor_bytes: bytes.optional().describe('used just after its newest major collection'),
  external_bytes: bytes.optional(),
  array_buffers_bytes: bytes.optional(),
  buffers_attributed_bytes: bytes
    .optional()
    .describe(
      'of array_buffers_bytes, to sites; absent: none of them is, or MONITORING_TRACEMALLOC_BUFFERS is not set',
    ),
  age_seconds: seconds.optional().describe('more than 3 while its event loop is blocked'),
  sampled: z.boolean().describe('whether its allocations are'),
  not_sampled_because: z.string().optional(),
  precise: preciseMode
    .optional()
    .describe('what precise mode has done in it; absent unless it is on and the preload ran'),
});

export const workerThreadDeath = z.strictObject({
  ...identity,
  timestamp,
  heap_used_bytes: bytes.optional().describe('as last seen'),
  heap_limit_bytes: bytes.optional(),
});

/** Part of what is said of a service; absent of the agent. */
export const workerThreads = {
  workers: z.array(workerThread).optional().describe('worker threads of the service, by id, at most 64'),
  workers_not_shown: count.optional().describe('worker threads beyond those'),
  workers_out_of_memory: z
    .array(workerThreadDeath)
    .optional()
    .describe('worker threads that ended because their heap was full, the last 20'),
};
