// Whether allocations are traced now, and how much of them lives.
import { z } from 'zod';
import { bytes, count, timestamp } from './scalar.ts';

const tracedMemory = z.strictObject({
  current: bytes.describe('live bytes that the samples stand for'),
  peak: bytes.describe('the greatest of all readings since tracing began, or the last clear or reset-peak'),
  read_at: timestamp.describe('of the newest reading: an old one while the service does not answer'),
});

export const tracing = z.strictObject({
  tracing: z.boolean(),
  since: timestamp.nullable().describe('of the start or the last clear'),
  started_by: z.enum(['setting', 'request']).nullable(),
  sampler: z
    .enum(['native', 'inspector', 'foreign'])
    .nullable()
    .describe('inspector: every reading forces a collection; foreign: another profiler runs it'),
  before_application: z
    .boolean()
    .optional()
    .describe('false: what was allocated before the start does not show'),
  traceback_limit: count
    .nullable()
    .describe('frames that a stack keeps; while off, what a start would keep; null: another profiler set it'),
  sample_interval: bytes.nullable().describe('mean bytes between two samples; null while it is not known'),
  traced_memory: tracedMemory.nullable().describe('null while nothing is traced, or nothing was read yet'),
  tracemalloc_memory: bytes.describe(
    'what the monitor holds for tracing: snapshots, readings, source maps; an estimate, without what V8 holds',
  ),
});
