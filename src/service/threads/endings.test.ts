import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEndings } from './endings.ts';

describe('the endings of threads', () => {
  it('are frequent when more than three come within a minute, and until a minute has none', () => {
    const endings = createEndings();
    const asked: readonly (readonly [atSeconds: number, endedTotal: number, frequent: boolean])[] = [
      [0, 0, false],
      [10, 3, false],
      [20, 4, true],
      [69, 4, true],
      [71, 4, false],
      [100, 7, false],
      [101, 8, true],
    ];
    for (const [atSeconds, endedTotal, frequent] of asked)
      assert.equal(endings.areFrequent(endedTotal, atSeconds), frequent, `at ${atSeconds} s`);
  });

  it('count from the start of the process, however late somebody looks first', () => {
    assert.equal(createEndings().areFrequent(4, 1e9), true);
  });
});
