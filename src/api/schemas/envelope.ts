// Around every answer: success in the seed's envelope, everything else as RFC 9457 problem details.
import { z } from 'zod';

/** `success` is false only where there is an answer but not the one hoped for: profiling disabled, a test alert that failed. */
export function envelope<Data extends z.ZodType>(data: Data) {
  return z.strictObject({ success: z.boolean(), data, message: z.string() });
}

export const settingProblem = z.strictObject({ name: z.string(), value: z.string(), allowed: z.string() });

export const problem = z.strictObject({
  type: z.string().describe('urn:plimsoll:error: and the code'),
  title: z.string(),
  status: z.int(),
  code: z.string().describe('stable, UPPER_SNAKE'),
  detail: z.string().describe('what happened, and what to do'),
  problems: z.array(settingProblem).optional().describe('everything that is wrong with the input'),
});
