// What an account of a series is: a set of columns for the regression, and what they stand for.
import type { Seconds } from '../units/index.ts';
import type { Column } from './regression.ts';

export type LevelFamily = 'level' | 'step' | 'two-steps' | 'levelling-off' | 'filled';
export type RisingFamily =
  | 'linear'
  | 'since-onset'
  | 'accelerating'
  | 'per-request'
  | 'levelling-off-and-linear'
  | 'filled-and-linear'
  | 'step-and-linear';

export interface Account<F = LevelFamily | RisingFamily> {
  readonly family: F;
  /** In a rising account the growth is the last. */
  readonly columns: readonly Column[];
  /** How many of the last columns must have a positive coefficient. */
  readonly positive: number;
  /** Parameters that were found by trying: a turn, a memory. */
  readonly searched: number;
  /** Of the growth column when the record ends, per second. */
  readonly endSlope: number;
  /** The turn or the memory that was tried, in seconds. */
  readonly atSeconds?: Seconds;
  /** The same with another turn or memory. */
  readonly moved?: (atSeconds: Seconds) => Account<F>;
}
