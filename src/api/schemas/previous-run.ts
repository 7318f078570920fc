// How the run of this program before this one ended, where it died.
import { z } from 'zod';
import { count, limitMegabytes, megabytes, seconds, timestamp } from './scalar.ts';
import { growingSite } from './site.ts';

export const grownParts = z.strictObject({
  over_seconds: seconds.describe('how far the journal looked back'),
  heap_mb: megabytes.describe('what V8 held for its heap'),
  external_mb: megabytes.describe('buffers above all'),
  native_mb: megabytes.describe('what V8 does not account for; an estimate'),
});

export const previousRun = z.strictObject({
  pid: count,
  started_at: timestamp,
  last_seen: timestamp.describe('when it was last known to run'),
  cause: z
    .enum(['heap-limit', 'oom-kill', 'killed'])
    .describe("V8's limit; the kernel, for memory; killed: nobody knows whether it was for memory"),
  summary: z.string().describe('in one sentence'),
  heap_used_mb: megabytes.optional(),
  heap_limit_mb: megabytes.describe('of the old space where that is known, bytes / 1024²'),
  memory_mb: megabytes
    .optional()
    .describe('RSS, or the working set of its control group where that is larger and has a limit'),
  cgroup_limit_mb: limitMegabytes,
  grown: grownParts.optional().describe('absent where it died before it was sampled twice'),
  growing_sites: z.array(growingSite).describe('the most grown first'),
  snapshot_id: z.string().optional().describe('its last profile, kept as a snapshot'),
});

export const previousRunAnswer = z.strictObject({
  previous_run: previousRun.nullable().describe('null: it ended well, or left nothing'),
});
