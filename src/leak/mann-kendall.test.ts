import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { mannKendall } from './mann-kendall.ts';
import { upperTail } from './normal.ts';

const close = (actual: number, expected: number, tolerance = 1e-6) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual}, not ${expected}`);

describe('Mann–Kendall', () => {
  it('agrees with a calculation by hand', () => {
    // Five in order: s = 10, variance 5 · 4 · 15 / 18, z = 9 / sqrt(16.67).
    const { s, variance, z, pRising } = mannKendall([1, 2, 3, 4, 5]);
    assert.equal(s, 10);
    close(variance, 300 / 18);
    close(z, 2.204541);
    close(pRising, 0.013743, 1e-5);
  });

  it('takes ties out of the variance', () => {
    const { s, variance } = mannKendall([1, 1, 2, 3]);
    assert.equal(s, 5);
    close(variance, (4 * 3 * 13 - 2 * 1 * 9) / 18);
  });

  it('has its variance over all orders of distinct values', () => {
    const orders = permutations([1, 2, 3, 4, 5, 6]);
    const squares = orders.reduce((sum, order) => sum + mannKendall(order).s ** 2, 0);
    close(squares / orders.length, mannKendall([1, 2, 3, 4, 5, 6]).variance, 1e-9);
  });

  it('turns round with the series', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 30 }), (values) => {
        assert.equal(mannKendall(values.toReversed()).s + mannKendall(values).s, 0);
      }),
    );
  });

  it('is less sure of a trend in what wanders', () => {
    const wandering = Array.from({ length: 60 }, (_, index) => Math.sin(index / 12) + index / 60);
    const plain = mannKendall(wandering);
    const corrected = mannKendall(wandering, { autocorrelated: true });
    assert.equal(corrected.s, plain.s);
    assert.ok(corrected.variance > 2 * plain.variance, `${corrected.variance} against ${plain.variance}`);
  });

  it('says nothing of too little', () => {
    for (const values of [[], [7]]) {
      const { s, z, pRising } = mannKendall(values);
      assert.deepEqual([s, z], [0, 0]);
      close(pRising, 0.5);
    }
  });
});

describe('the normal tail', () => {
  it('agrees with tables', () => {
    // SciPy 1.17, stats.norm.sf(z).
    for (const [z, p] of [
      [0.5, 0.3085375],
      [1, 0.1586553],
      [1.96, 0.0249979],
      [3, 0.0013499],
      [-1, 0.8413447],
    ] as const) {
      close(upperTail(z), p, 2e-7);
    }
  });
});

function permutations(values: readonly number[]): number[][] {
  if (values.length <= 1) return [[...values]];
  return values.flatMap((first, index) =>
    permutations(values.toSpliced(index, 1)).map((rest) => [first, ...rest]),
  );
}
