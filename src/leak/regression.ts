// Generalised least squares with first-order autoregressive noise: neighbouring readings of a process resemble each other, and
// a fit that takes them for independent sees trends in wandering. The series is whitened with a given correlation and then
// fitted by the normal equations; its likelihood says how well this correlation and these columns account for it.
// Prais and Winsten, "Trend estimators and serial correlation" (1954), for the first reading of each life.

/** A column has one value a reading; `undefined` in `fit` when the columns are collinear. */
export type Column = Float64Array;

export interface Fit {
  /** Of the columns, in their order. */
  readonly coefficients: Float64Array;
  /** Standard error of the last coefficient. */
  readonly lastError: number;
  readonly logLikelihood: number;
  /** Standard deviation of the whitened noise. */
  readonly noise: number;
}

export interface Whitener {
  fit(columns: readonly Column[], values: Column): Fit | undefined;
}

/** `lives` are the indices at which a life starts, 0 first: nothing is carried over a restart. */
export function createWhitener(correlation: number, lives: readonly number[]): Whitener {
  const known = new Map<Column, Column>();
  const first = Math.sqrt(1 - correlation * correlation);
  const whiten = (column: Column): Column => {
    const before = known.get(column);
    if (before !== undefined) return before;
    const white = new Float64Array(column.length);
    for (let index = column.length - 1; index > 0; index--) {
      white[index] = (column[index] as number) - correlation * (column[index - 1] as number);
    }
    for (const start of lives) white[start] = first * (column[start] as number);
    known.set(column, white);
    return white;
  };
  const logFirst = lives.length * Math.log(first);
  return {
    fit: (columns, values) => leastSquares(columns.map(whiten), whiten(values), logFirst),
  };
}

function leastSquares(columns: readonly Column[], values: Column, logFirst: number): Fit | undefined {
  const size = columns.length;
  const products = new Float64Array(size * size);
  const coefficients = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    const left = columns[row] as Column;
    for (let column = 0; column <= row; column++) {
      products[row * size + column] = dot(left, columns[column] as Column);
    }
    coefficients[row] = dot(left, values);
  }
  const sum = dot(values, values);
  const projections = coefficients.slice();
  if (!factorise(products, size)) return undefined;
  solve(products, size, coefficients);
  const residual = Math.max(sum - dot(projections, coefficients), sum * 1e-12, 1e-300);
  const count = values.length;
  const variance = residual / Math.max(1, count - size);
  // The inverse's last diagonal element is one over the last pivot squared.
  const pivot = products[size * size - 1] ?? 1;
  return {
    coefficients,
    lastError: Math.sqrt(variance) / pivot,
    logLikelihood: logFirst - (count / 2) * Math.log(residual / count),
    noise: Math.sqrt(variance),
  };
}

function dot(left: Column, right: Column): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += (left[index] as number) * (right[index] as number);
  return sum;
}

/** Cholesky's factor in place of the lower triangle; false when the columns are collinear to the eye of a double. */
function factorise(matrix: Float64Array, size: number): boolean {
  for (let row = 0; row < size; row++) {
    const scale = matrix[row * size + row] as number;
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column] as number;
      for (let k = 0; k < column; k++)
        sum -= (matrix[row * size + k] as number) * (matrix[column * size + k] as number);
      if (column < row) {
        matrix[row * size + column] = sum / (matrix[column * size + column] as number);
      } else {
        if (!(sum > 1e-9 * scale)) return false;
        matrix[row * size + row] = Math.sqrt(sum);
      }
    }
  }
  return true;
}

function solve(factor: Float64Array, size: number, right: Float64Array): void {
  for (let row = 0; row < size; row++) {
    let sum = right[row] as number;
    for (let k = 0; k < row; k++) sum -= (factor[row * size + k] as number) * (right[k] as number);
    right[row] = sum / (factor[row * size + row] as number);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = right[row] as number;
    for (let k = row + 1; k < size; k++) sum -= (factor[k * size + row] as number) * (right[k] as number);
    right[row] = sum / (factor[row * size + row] as number);
  }
}
