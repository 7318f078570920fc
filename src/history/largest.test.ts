import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { largest } from './largest.ts';

describe('the largest of many', () => {
  it('are those that sorting all of them puts first', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 0, max: 20 }),
        (scores, count, atLeast) => {
          const sorted = [...scores.keys()]
            .filter((index) => (scores[index] as number) >= atLeast)
            .sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
          assert.deepEqual(largest(Float64Array.from(scores), count, atLeast), sorted.slice(0, count));
        },
      ),
    );
  });

  it('never hold a score that is no number', () => {
    assert.deepEqual(largest(Float64Array.of(Number.NaN, 1, Number.NaN), 3, 0), [1]);
  });
});
