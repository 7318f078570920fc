// Allocation sites: which functions hold memory, and whose code they are.
import { z } from 'zod';
import { count, interval, megabytes } from './scalar.ts';

const sitePosition = {
  function: z.string(),
  file: z.string(),
  line: count.describe(
    'where the function starts; in precise mode of the expression that allocates; 0: unknown',
  ),
  column: count,
  kind: z
    .literal('buffer')
    .optional()
    .describe("buffer: memory off V8's heap, and the line is that of the call; absent: on the heap"),
};

const siteOrigin = {
  origin: z.enum(['application', 'dependency', 'node', 'native', 'external']),
  package: z.string().optional().describe('name@version of the package that the file belongs to'),
  note: z.string().optional().describe('what a place without a source is'),
};

/** Of a worker thread; absent for the main thread. */
const siteThread = {
  thread: z
    .string()
    .optional()
    .describe('name of the worker thread that allocates there; absent: the main thread'),
  thread_id: count.optional(),
};

export const allocation = z.strictObject({
  ...sitePosition,
  size_mb: megabytes,
  count: count.describe('live objects, estimated'),
  ...siteThread,
  ...siteOrigin,
});

export const growingSite = z.strictObject({
  ...sitePosition,
  growth_mb: megabytes,
  growth_mb_per_hour: megabytes.optional().describe('absent where it is not known over which time it grew'),
  growth_interval_mb_per_hour: interval.optional().describe("95 % interval of it, from the sampler's error"),
  live_mb: megabytes,
  share: z.number().min(0).max(1).describe('of the growth of all that lives'),
  rises: count.describe('steps from reading to reading in which it rose'),
  steps: count.describe('of so many'),
  via: z
    .strictObject({ function: z.string(), file: z.string(), line: count, column: count })
    .optional()
    .describe(
      "of a place that is the runtime's own: the nearest of the application's or a package's that called it",
    ),
  ...siteThread,
  ...siteOrigin,
});
