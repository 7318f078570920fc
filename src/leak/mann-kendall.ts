// Does a series keep rising, whatever its shape? Mann, "Nonparametric tests against trend" (1945); Kendall, "Rank correlation
// methods" (1975). Readings that resemble their neighbours make the plain test see trends in wandering; Hamed and Rao, "A modified
// Mann-Kendall trend test for autocorrelated data" (1998), widen its variance by the autocorrelation of the ranks.
import { upperTail, Z_95 } from './normal.ts';
import { theilSen } from './theil-sen.ts';

export interface MannKendall {
  /** Pairs that rise less pairs that fall. */
  readonly s: number;
  readonly variance: number;
  readonly z: number;
  /** Probability of at least such a rise without a trend. */
  readonly pRising: number;
}

export interface MannKendallOptions {
  /** Widens the variance for autocorrelation; needs about ten values to say anything. */
  readonly autocorrelated?: boolean;
}

/** Values in the order of time; fewer than two give s = 0 and a probability of a half. */
export function mannKendall(values: readonly number[], options: MannKendallOptions = {}): MannKendall {
  const s = risingPairs(values);
  const plain = varianceOf(values);
  const variance = plain * (options.autocorrelated === true ? autocorrelationFactor(values) : 1);
  // One step towards zero, for s moves in steps of two.
  const z = variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : 0;
  return { s, variance, z, pRising: upperTail(z) };
}

function risingPairs(values: readonly number[]): number {
  let s = 0;
  for (let later = 1; later < values.length; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      s += Math.sign((values[later] as number) - (values[earlier] as number));
    }
  }
  return s;
}

function varianceOf(values: readonly number[]): number {
  const weight = (count: number) => count * (count - 1) * (2 * count + 5);
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ties = [...counts.values()].reduce((sum, count) => sum + weight(count), 0);
  return (weight(values.length) - ties) / 18;
}

/** Hamed and Rao's n/n*: from the significant autocorrelations of the detrended series' ranks. At least 1. */
function autocorrelationFactor(values: readonly number[]): number {
  const n = values.length;
  if (n < 4) return 1;
  const slope = theilSen(values.map((value, index) => ({ atSeconds: index, value })))?.slope ?? 0;
  const ranks = ranksOf(values.map((value, index) => value - slope * index));
  const centre = (n + 1) / 2;
  const spread = ranks.reduce((sum, rank) => sum + (rank - centre) ** 2, 0);
  let sum = 0;
  for (let lag = 1; lag < n - 1; lag++) {
    let products = 0;
    for (let index = 0; index + lag < n; index++) {
      products += ((ranks[index] as number) - centre) * ((ranks[index + lag] as number) - centre);
    }
    const correlation = spread > 0 ? products / spread : 0;
    if (Math.abs(correlation) > Z_95 / Math.sqrt(n)) {
      sum += (n - lag) * (n - lag - 1) * (n - lag - 2) * correlation;
    }
  }
  return Math.max(1, 1 + (2 / (n * (n - 1) * (n - 2))) * sum);
}

/** 1 for the least; ties share their mean rank. */
function ranksOf(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const same = values.filter((other) => other === value).length;
    return below + (same + 1) / 2;
  });
}
