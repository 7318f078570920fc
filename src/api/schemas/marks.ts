// What happened to the watched program, as moments to mark on charts.
import { z } from 'zod';
import { count, megabytes, timestamp } from './scalar.ts';

export const marks = z.strictObject({
  pid: count,
  from: timestamp,
  to: timestamp,
  starts: z
    .array(z.strictObject({ pid: count, at: timestamp }))
    .describe('of the same program, by name and command, oldest first; at most 50'),
  collections: z
    .array(
      z.strictObject({
        at: timestamp,
        floor_mb: megabytes.describe('heap used just after it, bytes / 1024²'),
        count: count.describe(
          'with those since the one before: more than one where they came faster than samples',
        ),
      }),
    )
    .describe('major collections of the own heap since the monitor started, oldest first; the newest 1000'),
});
