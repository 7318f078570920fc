// Holds the outcomes of two runs of a suite against each other. A test is known by its place, its name and, where a loop makes
// several of the same, how many of them ended which way.
import type { TestOutcome } from './suite.ts';

export interface Difference {
  readonly test: string;
  readonly before: string;
  readonly after: string;
}

const nameOf = ({ place, name }: TestOutcome): string => `${place} ${name}`;

export function differences(
  before: readonly TestOutcome[],
  after: readonly TestOutcome[],
): readonly Difference[] {
  const [was, is] = [endings(before), endings(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((test) => ({ test, before: was.get(test) ?? 'absent', after: is.get(test) ?? 'absent' }))
    .filter(({ before: one, after: other }) => one !== other);
}

/** By test: `passed`, or `failed passed passed`. */
function endings(outcomes: readonly TestOutcome[]): ReadonlyMap<string, string> {
  const byTest = Map.groupBy(outcomes, nameOf);
  return new Map(
    [...byTest].map(([test, all]) => [
      test,
      all
        .map(({ ended }) => ended)
        .toSorted()
        .join(' '),
    ]),
  );
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function countsOf(outcomes: readonly TestOutcome[]): Counts {
  const count = (wanted: TestOutcome['ended']): number =>
    outcomes.filter(({ ended }) => ended === wanted).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}
