// The allocation profile of another process.
import { z } from 'zod';
import { bytes, count, megabytes, seconds, timestamp } from './scalar.ts';
import { allocation } from './site.ts';

export const processProfileBody = z
  .strictObject({
    seconds: z.number().min(0.1).max(300).default(30).describe('how long to sample'),
    sample_interval: z
      .int()
      .min(16)
      .max(2 ** 30)
      .default(32_768)
      .describe('mean bytes between two samples'),
    confirm: z.boolean().default(false).describe('agrees to the pause of a heap above 1 GiB'),
  })
  .prefault({});

export const processProfile = z.strictObject({
  pid: count,
  node_version: z.string(),
  timestamp,
  sampled_seconds: seconds,
  pause_seconds: seconds.describe('the most that the process can have been paused to read the profile'),
  sample_interval: z
    .number()
    .nullable()
    .describe('mean bytes between two samples; null: see foreign_sampler'),
  foreign_sampler: z.boolean().describe('true: the samples of another profiler in the process were read'),
  inspector: z
    .enum(['closed', 'open-as-found', 'closes-later'])
    .describe('closes-later: when the blocking call that the main thread is in returns'),
  heap_used_mb: megabytes.describe('before the sampling'),
  sampled_bytes: bytes.describe('live bytes that the samples stand for'),
  top_allocations: z.array(allocation).describe('every site, the largest first'),
  cautions: z.array(z.string()).describe('what a reader has to know'),
  heapprofile: z
    .looseObject({ head: z.looseObject({}), samples: z.array(z.looseObject({})) })
    .describe(
      'the whole tree of stacks; as a file of its own, *.heapprofile, it opens in Chrome DevTools and speedscope',
    ),
});
