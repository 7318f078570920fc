// What the generations add up to: of every variant, how many times the CPU and latency of a process without the monitor it takes, and how
// sure that is. All rows are compared with the mean of both variants without it: what those differ by is chance.
import { mean, quantile } from '../metrics/statistics.ts';
import type { Lived } from './generations.ts';
import { isPlain, type Variant } from './variants.ts';

/** The geometric mean over the processes. In two of three runs the truth lies within one standard error, in 19 of 20 within two. */
export interface Ratio {
  readonly mean: number;
  readonly standardError: number;
}

export interface Result {
  readonly name: string;
  readonly cpuMicroseconds: number;
  /** Against the processes without the monitor of the same generation. */
  readonly cpuRatio: Ratio;
  readonly p99Ratio: Ratio;
  /** More than they, median. */
  readonly rssBytes: number;
  readonly startCpuSeconds: number;
}

/** @param generations by generation, its processes. */
export function summarise(
  variants: readonly Variant[],
  generations: readonly (readonly Lived[])[],
): readonly Result[] {
  return variants.map((variant) => {
    const pairs = generations.flatMap((lived) => {
      const plain = lived.filter((other) => isPlain(other.variant));
      return lived.filter((other) => other.variant === variant).map((one) => ({ one, plain }));
    });
    const median = (of: (pair: (typeof pairs)[number]) => number): number => quantile(pairs.map(of), 0.5);
    const ratio = (of: (lived: Lived) => number): Ratio =>
      meanRatio(pairs.map(({ plain, one }) => of(one) / mean(plain.map(of))));
    return {
      name: variant.name,
      cpuMicroseconds: median(({ one }) => one.cpuMicroseconds),
      cpuRatio: ratio(({ cpuMicroseconds }) => cpuMicroseconds),
      p99Ratio: ratio(({ p99Milliseconds }) => p99Milliseconds),
      rssBytes: median(({ plain, one }) => one.rssBytes - mean(plain.map(({ rssBytes }) => rssBytes))),
      startCpuSeconds: median(({ one }) => one.startCpuSeconds),
    };
  });
}

function meanRatio(ratios: readonly number[]): Ratio {
  const logs = ratios.map(Math.log);
  const middle = mean(logs);
  const variance = logs.reduce((sum, log) => sum + (log - middle) ** 2, 0) / (logs.length - 1);
  return { mean: Math.exp(middle), standardError: Math.exp(middle) * Math.sqrt(variance / logs.length) };
}
