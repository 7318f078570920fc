// What became of the files that a thread has loaded, where they are rewritten: for the lines of their allocations (precise
// mode), or so that V8 copies no function into its callers (padding).
import { z } from 'zod';
import { count } from './scalar.ts';

const rewrittenFiles = {
  files_rewritten: count,
  files_left_alone: count.describe('covered, but not rewritten'),
  last_left_alone: z
    .strictObject({ file: z.string(), reason: z.string() })
    .optional()
    .describe('the newest of these, and why'),
};

export const preciseMode = z.strictObject(rewrittenFiles);

export const padding = z.strictObject({
  ...rewrittenFiles,
  inlining_off_instead: z
    .boolean()
    .describe(
      "true: for want of a file that was left alone, V8's inlining is off in the whole process, which costs more",
    ),
});
