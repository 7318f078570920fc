import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SteadyClock } from './steady-clock.ts';

const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 86_400_000;

/** What the clock is taken for after each of the times. */
function observed(times: readonly number[]): readonly boolean[] {
  const clock = new SteadyClock();
  return times.map((timeMs) => clock.observe(timeMs));
}

describe('a clock', () => {
  it('is steady once it has run evenly for ten minutes', () => {
    assert.deepEqual(observed([0, 5, 9.9, 10, 11].map((minutes) => minutes * MINUTE_MS)), [
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  it('is not after a jump forth or back', () => {
    const even = [0, 10, 20].map((minutes) => YEAR_MS + minutes * MINUTE_MS);
    assert.deepEqual(observed([...even, 3 * YEAR_MS]), [false, true, true, false]);
    assert.deepEqual(observed([...even, YEAR_MS]), [false, true, true, false]);
  });

  it('is with the longest sample interval there is', () => {
    assert.deepEqual(observed([0, 60 * MINUTE_MS, 120 * MINUTE_MS]), [false, true, true]);
  });
});
