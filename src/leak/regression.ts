// Generalised least squares with first-order autoregressive noise: neighbouring readings of a process resemble each other, and
// a fit that takes them for independent sees trends in wandering. Readings are whitened with a correlation r, x[i] − r x[i−1], and
// fitted by the normal equations; the likelihood says how well this correlation and these columns account for them.
// Prais and Winsten, "Trend estimators and serial correlation" (1954), for the first reading of each life.
//
// Nothing is whitened in fact: the product of two whitened columns is a quadratic in r. Its three coefficients are taken once, and
// then every correlation costs next to nothing; so do further columns beside some that were multiplied out before.
import { factorise, solve } from './cholesky.ts';

/** One value a reading. */
export type Column = Float64Array;

export interface Fit {
  /** Of the columns, in their order. */
  readonly coefficients: readonly number[];
  /** Standard error of the last coefficient. */
  readonly lastError: number;
  readonly logLikelihood: number;
  /** Standard deviation of the whitened noise. */
  readonly noise: number;
}

/** Columns to fit the values with. */
export interface Design {
  readonly columns: readonly Column[];
  /** The same with more columns behind. */
  with(columns: readonly Column[]): Design;
  /** Undefined when the columns are collinear. */
  fit(correlation: number): Fit | undefined;
}

/** No column yet. `lives` are the indices at which a life starts, 0 first: nothing is carried over a restart. */
export function createRegression(values: Column, lives: readonly number[]): Design {
  const own: number[] = [];
  multiply(values, values, lives, own);
  return designOf({ values, lives, own, matrix: [], projections: [] }, [], [], []);
}

interface Subject {
  readonly values: Column;
  readonly lives: readonly number[];
  /** Of the values with themselves. */
  readonly own: readonly number[];
  /** Room that every fit writes over: hundreds of fits a look would otherwise keep the collector busy. */
  readonly matrix: number[];
  readonly projections: number[];
}

/** Of a product of whitened columns as a quadratic in the correlation. */
const COEFFICIENTS = 3;

/** `among`: products of the columns, a lower triangle row after row; `withValues`: of each column with the values. */
function designOf(
  subject: Subject,
  columns: readonly Column[],
  among: readonly number[],
  withValues: readonly number[],
): Design {
  const { values, lives, own, matrix, projections } = subject;
  return {
    columns,
    with(more) {
      const all = [...columns, ...more];
      const triangle = among.slice();
      const right = withValues.slice();
      for (let row = columns.length; row < all.length; row++) {
        const column = all[row] as Column;
        for (let other = 0; other <= row; other++) multiply(column, all[other] as Column, lives, triangle);
        multiply(column, values, lives, right);
      }
      return designOf(subject, all, triangle, right);
    },
    fit(correlation) {
      const size = columns.length;
      whiten(among, correlation, matrix);
      if (!factorise(matrix, size)) return undefined;
      whiten(withValues, correlation, projections);
      const coefficients = projections.slice(0, size);
      solve(matrix, size, coefficients);
      const sum = whitened(own, 0, correlation);
      const residual = Math.max(sum - dot(projections, coefficients), sum * 1e-12, 1e-300);
      const count = values.length;
      const noise = Math.sqrt(residual / Math.max(1, count - size));
      const logFirst = (lives.length / 2) * Math.log(1 - correlation * correlation);
      return {
        coefficients,
        // The inverse's last diagonal element is one over the last pivot squared.
        lastError: noise / (matrix[(size * (size + 1)) / 2 - 1] ?? 1),
        logLikelihood: logFirst - (count / 2) * Math.log(residual / count),
        noise,
      };
    },
  };
}

/**
 * The product of two columns whitened with r is Σ x[i]y[i] − r Σ (x[i]y[i−1] + x[i−1]y[i]) + r² Σ x[i]y[i] without the ends of each
 * life: appends the three sums.
 */
function multiply(x: Column, y: Column, lives: readonly number[], into: number[]): void {
  let plain = 0;
  let lagged = 0;
  let xBefore = 0;
  let yBefore = 0;
  for (let index = 0; index < x.length; index++) {
    const xNow = x[index] as number;
    const yNow = y[index] as number;
    plain += xNow * yNow;
    lagged += xNow * yBefore + xBefore * yNow;
    xBefore = xNow;
    yBefore = yNow;
  }
  let ends = xBefore * yBefore;
  for (let life = 0; life < lives.length; life++) {
    const start = lives[life] as number;
    ends += (x[start] as number) * (y[start] as number);
    if (start === 0) continue;
    ends += (x[start - 1] as number) * (y[start - 1] as number);
    lagged -=
      (x[start] as number) * (y[start - 1] as number) + (x[start - 1] as number) * (y[start] as number);
  }
  into.push(plain, lagged, plain - ends);
}

/** Writes over the beginning of `into`. */
function whiten(quadratics: readonly number[], correlation: number, into: number[]): void {
  const count = quadratics.length / COEFFICIENTS;
  for (let index = 0, at = 0; index < count; index++, at += COEFFICIENTS)
    into[index] = whitened(quadratics, at, correlation);
}

function whitened(quadratics: readonly number[], at: number, correlation: number): number {
  const lagged = (quadratics[at + 1] as number) - correlation * (quadratics[at + 2] as number);
  return (quadratics[at] as number) - correlation * lagged;
}

/** As far as the right one goes. */
function dot(left: readonly number[], right: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < right.length; index++)
    sum += (left[index] as number) * (right[index] as number);
  return sum;
}
