// What precise mode has done to the files that a thread has loaded.
import { z } from 'zod';
import { count } from './scalar.ts';

export const preciseMode = z.strictObject({
  files_rewritten: count,
  files_left_alone: count.describe('covered, but not rewritten: their sites are where functions start'),
  last_left_alone: z
    .strictObject({ file: z.string(), reason: z.string() })
    .optional()
    .describe('the newest of these, and why'),
});
