// What it takes to say that something leaks. The figures were chosen on the development traces of bench/leak and not changed after
// its test traces were made; docs/verdicts.md has the outcome. Advantages are differences of scores: natural logarithms of
// likelihood ratios, less the price of parameters.
import type { Ratio } from '../units/index.ts';
import type { LevelFamily, RisingFamily } from './account.ts';

export interface JudgePolicy {
  /** By how much a rising account must beat the best account of each family without growth at its end. */
  readonly advantageOver: Readonly<Record<LevelFamily, number>>;
  /** And by how much more, by what the rising account is: those that can bend to more shapes must prove more. */
  readonly advantageMore: Readonly<Record<RisingFamily, number>>;
  /** What a young history must show beyond that: so much for every factor of e that it is short of `adultSamples`. */
  readonly advantageMoreWhenYoung: number;
  readonly adultSamples: number;
  /** A rise that shows undiminished in the last third may be so much less sure against accounts that it has ended. */
  readonly allowanceWhenSteady: Readonly<Record<LevelFamily, number>>;
  /**
   * RSS follows the peaks of a heap that nobody sees: even steady growth climbs in jumps, which steps explain too well. So much less sure
   * it may be where it keeps rising in rank, which a few steps do not.
   */
  readonly allowanceForPeaks: Readonly<Record<LevelFamily, number>>;
  /** Standard errors that the growth must be above zero. */
  readonly leastErrors: number;
  /** Growth over what the driver (load, or the heap for RSS) is credited with. */
  readonly leastShareOfDriven: Ratio;
  readonly leastShareOfHeapDriven: Ratio;
  /** Growth over the whole rise, where only a part of the rise is said to go on. */
  readonly leastShareOfRise: Ratio;
  /** Growth in the last third over growth in all. */
  readonly leastShareInTail: Ratio;
  /** For how long it must have been seen without a break, as a share of the time it has grown, before it is said. */
  readonly heldShare: Ratio;
  /** By so much a growth may fall short and still not count against a leak that was seen before. */
  readonly mostDoubt: number;
  /** By how much the history must have grown without it before it is taken back. */
  readonly releaseFactor: number;
  /** Growth over the limit (or over the greatest value, where there is none) in the history: less does not matter. */
  readonly leastShareOfLimit: Ratio;
}

const NO_ALLOWANCE = { level: 0, step: 0, 'two-steps': 0, 'levelling-off': 0, filled: 0 };

export const PROCESS_POLICY: JudgePolicy = {
  advantageOver: { level: 4.5, step: 2, 'two-steps': 2, 'levelling-off': -1, filled: -4 },
  advantageMore: {
    linear: 0,
    'per-request': 0,
    'since-onset': 1,
    accelerating: -4,
    'levelling-off-and-linear': -1,
    'filled-and-linear': -1,
    'step-and-linear': 2,
  },
  advantageMoreWhenYoung: 12,
  adultSamples: 130,
  allowanceWhenSteady: { level: 0, step: 1, 'two-steps': 1, 'levelling-off': 2, filled: 2 },
  allowanceForPeaks: { ...NO_ALLOWANCE, step: 24, 'two-steps': 24 },
  leastErrors: 4.5,
  leastShareOfDriven: 0.8,
  leastShareOfHeapDriven: 1.5,
  leastShareOfRise: 0.3,
  leastShareInTail: 0.55,
  heldShare: 0.09,
  mostDoubt: 5,
  releaseFactor: 1.1,
  leastShareOfLimit: 0,
};

/**
 * A host is no process: page cache, batch jobs and tenants move its memory for days without a leak. So growth must come to a quarter
 * of all memory, show undiminished in the last third, and have been seen for almost half of the time it has grown.
 */
export const HOST_POLICY: JudgePolicy = {
  ...PROCESS_POLICY,
  advantageOver: { level: 4, step: 2, 'two-steps': 2, 'levelling-off': 0, filled: -2 },
  advantageMoreWhenYoung: 6,
  adultSamples: 4320,
  allowanceWhenSteady: NO_ALLOWANCE,
  leastErrors: 5,
  leastShareInTail: 0.6,
  heldShare: 0.45,
  leastShareOfLimit: 0.25,
};
