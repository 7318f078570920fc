// A slope that a third of wild points cannot move: the median of the slopes between all pairs. Theil, "A rank-invariant method of
// linear and polynomial regression analysis" (1950); Sen, "Estimates of the regression coefficient based on Kendall's tau" (1968),
// whose confidence bounds are order statistics of the same slopes.
import type { SeriesPoint } from '../model/index.ts';
import { Z_95 } from './normal.ts';

export interface RobustSlope {
  /** Per second. */
  readonly slope: number;
  /** 95 % bounds. */
  readonly low: number;
  readonly high: number;
}

/** Undefined without two points at different times. Costs the square of the number of points: for at most a few hundred. */
export function theilSen(points: readonly SeriesPoint[]): RobustSlope | undefined {
  const slopes: number[] = [];
  for (const [index, later] of points.entries()) {
    for (const earlier of points.slice(0, index)) {
      const seconds = later.atSeconds - earlier.atSeconds;
      if (seconds !== 0) slopes.push((later.value - earlier.value) / seconds);
    }
  }
  if (slopes.length === 0) return undefined;
  slopes.sort((a, b) => a - b);
  const n = points.length;
  const reach = Z_95 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const at = (index: number) => slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(index)))] as number;
  const middle = (slopes.length - 1) / 2;
  return {
    slope: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    low: at((slopes.length - reach) / 2 - 1),
    high: at((slopes.length + reach) / 2),
  };
}
