import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { objectCounter } from './object-count.ts';

const INTERVAL = 524_288;

/** What V8 makes of one sampled object. */
function weightOf(size: number, interval: number): { readonly weight: number; readonly count: number } {
  const count = Math.floor(1 / (1 - Math.exp(-size / interval)) + 0.5);
  return { weight: size * count, count };
}

describe('objects that a sample stands for', () => {
  it('is one where the object is larger than the interval', () => {
    const objects = objectCounter(INTERVAL);
    assert.equal(objects(weightOf(2_000_000, INTERVAL).weight), 1);
    assert.equal(objects(1_373_760), 1);
  });

  it('is within the sizes that fit: at most one a word, at least one', () => {
    const objects = objectCounter(INTERVAL);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300_000 }), (words) => {
        const { weight } = weightOf(8 * words, INTERVAL);
        const count = objects(weight);
        assert.ok(Number.isInteger(count) && count >= 1 && count <= weight / 8);
      }),
    );
  });

  it('is right within a factor of three for small objects', () => {
    const objects = objectCounter(INTERVAL);
    for (const size of [16, 24, 32, 40, 48, 56, 64, 72, 80, 96]) {
      const { weight, count } = weightOf(size, INTERVAL);
      const estimate = objects(weight);
      assert.ok(estimate > count / 3 && estimate < count * 3, `${size} bytes: ${estimate} for ${count}`);
    }
  });

  it('is one a sample where the interval is not known', () => {
    assert.equal(objectCounter(undefined)(524_304), 1);
  });
});
