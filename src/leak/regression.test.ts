import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createRegression } from './regression.ts';

const column = (values: readonly number[]) => Float64Array.from(values);
const ones = (length: number) => new Float64Array(length).fill(1);

const close = (actual: number | undefined, expected: number, tolerance = 1e-6) =>
  assert.ok(
    actual !== undefined && Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${actual}, not ${expected}`,
  );

/** Generalised least squares as the textbook has it: with the noise's whole covariance matrix, inverted. */
function textbook(columns: readonly Float64Array[], values: Float64Array, correlation: number): number[] {
  const n = values.length;
  const covariance = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => correlation ** Math.abs(i - j) / (1 - correlation ** 2)),
  );
  const weights = inverse(covariance);
  const product = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, x, i) => sum + x * b.reduce((inner, y, j) => inner + (weights[i]?.[j] ?? 0) * y, 0), 0);
  const normal = inverse(columns.map((a) => columns.map((b) => product(a, b))));
  const right = columns.map((a) => product(a, values));
  return normal.map((row) => row.reduce((sum, x, j) => sum + x * (right[j] ?? 0), 0));
}

function inverse(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let pivot = 0; pivot < n; pivot++) {
    const scale = work[pivot]?.[pivot] ?? 1;
    work[pivot] = (work[pivot] ?? []).map((x) => x / scale);
    for (let row = 0; row < n; row++) {
      const factor = work[row]?.[pivot] ?? 0;
      if (row !== pivot) work[row] = (work[row] ?? []).map((x, j) => x - factor * (work[pivot]?.[j] ?? 0));
    }
  }
  return work.map((row) => row.slice(n));
}

describe('regression with autoregressive noise', () => {
  it('is plain least squares without correlation', () => {
    // x = 0 … 3, y = 1, 2, 2, 5: by hand slope 1.2, intercept 0.7, residual sum 1.8, slope's error sqrt(0.9 / 5).
    const fit = createRegression(column([1, 2, 2, 5]), [0])
      .with([ones(4)])
      .with([column([0, 1, 2, 3])])
      .fit(0);
    close(fit?.coefficients[0], 0.7);
    close(fit?.coefficients[1], 1.2);
    close(fit?.lastError, Math.sqrt(0.9 / 5));
    close(fit?.logLikelihood, -2 * Math.log(1.8 / 4));
  });

  it('agrees with the textbook’s matrices', () => {
    const values = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 6, maxLength: 12 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 0.95, noNaN: true }), (list, correlation) => {
        const y = column(list);
        const columns = [ones(y.length), y.map((_, index) => index)];
        const fit = createRegression(y, [0]).with(columns).fit(correlation);
        const expected = textbook(columns, y, correlation);
        for (const [index, value] of expected.entries()) close(fit?.coefficients[index], value, 1e-5);
      }),
      { numRuns: 50 },
    );
  });

  it('carries nothing over a restart', () => {
    const y = column([1, 2, 3, 11, 12, 13]);
    const lives = [column([1, 1, 1, 0, 0, 0]), column([0, 0, 0, 1, 1, 1])];
    const age = column([0, 1, 2, 0, 1, 2]);
    const fit = createRegression(y, [0, 3])
      .with([...lives, age])
      .fit(0.9);
    close(fit?.coefficients[1], 11);
    close(fit?.coefficients[2], 1);
  });

  it('refuses columns that say the same', () => {
    const x = column([0, 1, 2, 3, 4]);
    const design = createRegression(x, [0]).with([ones(5), x, x.map((value) => 2 * value)]);
    assert.equal(design.fit(0.5), undefined);
  });
});
