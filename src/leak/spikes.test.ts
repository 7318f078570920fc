import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { withoutSpikes } from './spikes.ts';

/** Noise that repeats from run to run. */
const noise = (index: number) => Math.sin(index * 12.9898) * Math.cos(index * 78.233);
const series = (level: (index: number) => number) =>
  Float64Array.from({ length: 90 }, (_, index) => 100 + noise(index) + level(index));
const changed = (values: Float64Array) => {
  const kept = withoutSpikes(values);
  return [...values.keys()].filter((index) => kept[index] !== values[index]);
};

describe('spikes', () => {
  it('are cut off, wherever they are but at the very end', () => {
    assert.deepEqual(changed(series((index) => (index === 40 ? 50 : 0))), [40]);
    assert.deepEqual(changed(series((index) => (index < 3 ? 50 : 0))), [0, 1, 2]);
    const wide = changed(series((index) => (index >= 30 && index < 38 ? 50 : 0)));
    assert.deepEqual(wide, [30, 31, 32, 33, 34, 35, 36, 37]);
  });

  it('are no steps, no trends, and no rise at the end', () => {
    assert.deepEqual(changed(series((index) => (index < 45 ? 0 : 50))), []);
    assert.deepEqual(changed(series((index) => 3 * index)), []);
    assert.deepEqual(changed(series((index) => (index < 87 ? 0 : 50))), []);
  });

  it('are replaced by what is around them, whatever the values', () => {
    fc.assert(
      fc.property(
        fc.float64Array({ noNaN: true, min: 0, max: 1e9, minLength: 1, maxLength: 96 }),
        (values) => {
          const kept = withoutSpikes(values);
          assert.equal(kept.length, values.length);
          assert.ok(kept.every((value, index) => value <= (values[index] ?? 0) && values.includes(value)));
        },
      ),
    );
  });
});
