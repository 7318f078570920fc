import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { theilSen } from './theil-sen.ts';

const at = (values: readonly number[]) => values.map((value, atSeconds) => ({ atSeconds, value }));

describe('Theil–Sen', () => {
  it('is not moved by wild points, and has Sen’s bounds', () => {
    // SciPy 1.17, stats.theilslopes(y, x, 0.95).
    const found = theilSen(at([2.1, 2.9, 4.2, 4.8, 9.9, 7.1, 7.8, 9.2, 9.7, 3.0, 12.1, 12.8]));
    assert.ok(found);
    for (const [actual, expected] of [
      [found.slope, 0.969047619047619],
      [found.low, 0.7],
      [found.high, 1.0222222222222221],
    ] as const)
      assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}, not ${expected}`);
  });

  it('finds the line where there is one', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 2, max: 20 }), (slope, count) => {
        const found = theilSen(at(Array.from({ length: count }, (_, index) => 3 + slope * index)));
        assert.deepEqual(found, { slope, low: slope, high: slope });
      }),
    );
  });

  it('needs two times', () => {
    assert.equal(theilSen([]), undefined);
    assert.equal(
      theilSen([
        { atSeconds: 5, value: 1 },
        { atSeconds: 5, value: 2 },
      ]),
      undefined,
    );
  });
});
