import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createSlowLog } from './slow-log.ts';

describe('the slow log', () => {
  it('keeps the slowest that reach the threshold, slowest first, older first among equals', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 })),
        fc.integer({ min: 1, max: 8 }),
        (durations, size) => {
          const log = createSlowLog<{ durationSeconds: number; order: number }>(size, () => 5);
          durations.forEach((durationSeconds, order) => {
            log.add({ durationSeconds, order });
          });
          const expected = durations
            .map((durationSeconds, order) => ({ durationSeconds, order }))
            .filter(({ durationSeconds }) => durationSeconds >= 5)
            .sort((a, b) => b.durationSeconds - a.durationSeconds || a.order - b.order)
            .slice(0, size);
          assert.deepEqual(log.entries(), expected);
        },
      ),
    );
  });

  it('refuses a duration that is not a number', () => {
    const log = createSlowLog(3, () => 0);
    log.add({ durationSeconds: Number.NaN });
    assert.deepEqual(log.entries(), []);
  });
});
