// What the generations add up to: of every variant, how many times the first variant's CPU and latency it takes, and how sure that is.
import { quantile } from '../metrics/statistics.ts';
import type { Lived } from './generations.ts';
import type { Variant } from './variants.ts';

/** The geometric mean over the generations. In two of three runs the truth lies within one standard error, in 19 of 20 within two. */
export interface Ratio {
  readonly mean: number;
  readonly standardError: number;
}

export interface Result {
  readonly name: string;
  readonly cpuMicroseconds: number;
  /** Against the first variant's process of the same generation. */
  readonly cpuRatio: Ratio;
  readonly p99Ratio: Ratio;
  /** More than the first variant, median. */
  readonly rssBytes: number;
  readonly startCpuSeconds: number;
}

/** @param generations by generation and variant. */
export function summarise(
  variants: readonly Variant[],
  generations: readonly (readonly Lived[])[],
): readonly Result[] {
  return variants.map(({ name }, index) => {
    const pairs = generations.map((lived) => ({ first: lived[0] as Lived, one: lived[index] as Lived }));
    const median = (of: (pair: (typeof pairs)[number]) => number): number => quantile(pairs.map(of), 0.5);
    const ratio = (of: (lived: Lived) => number): Ratio =>
      meanRatio(pairs.map(({ first, one }) => of(one) / of(first)));
    return {
      name,
      cpuMicroseconds: median(({ one }) => one.cpuMicroseconds),
      cpuRatio: ratio(({ cpuMicroseconds }) => cpuMicroseconds),
      p99Ratio: ratio(({ p99Milliseconds }) => p99Milliseconds),
      rssBytes: median(({ first, one }) => one.rssBytes - first.rssBytes),
      startCpuSeconds: median(({ one }) => one.startCpuSeconds),
    };
  });
}

function meanRatio(ratios: readonly number[]): Ratio {
  const logs = ratios.map(Math.log);
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1);
  return { mean: Math.exp(mean), standardError: Math.exp(mean) * Math.sqrt(variance / logs.length) };
}
