// The judges of many subjects, so that a health check costs little however many there are: samples only go into their histories, and
// a check takes as many looks as its budget allows, the longest due first. A look that comes too late is left out: the next one sees
// the same history and more.
import type { Subject, Verdict } from '../model/index.ts';
import { createJudge, type Judge, type Look } from './judge.ts';
import type { SeriesSample } from './sample.ts';

export interface LeakWatchOptions {
  /** What one check may spend, in weighings: half a millisecond each for RSS, twice that where the heap is known too. */
  readonly weighingsPerCheck?: number;
}

export interface LeakWatch {
  add(subject: Subject, sample: SeriesSample): void;
  /** Takes looks within the budget; answers the newest verdict on every subject. */
  check(): readonly Verdict[];
  /** The newest verdict on one subject; undefined for one that is not watched. */
  verdictOn(subject: Subject): Verdict | undefined;
  /** Whether a leak on it has been said for long enough that people may be told. */
  isSettled(subject: Subject): boolean;
  /** Forgets a subject that is gone. */
  remove(subject: Subject): void;
  readonly subjects: readonly Subject[];
}

const DEFAULT_WEIGHINGS = 1;
const COST: Readonly<Record<Look, number>> = { none: 0, screened: 0.1, weighed: 1 };

export function createLeakWatch({ weighingsPerCheck = DEFAULT_WEIGHINGS }: LeakWatchOptions = {}): LeakWatch {
  const judges = new Map<Subject, Judge>();
  /** Those with a look due, in the order in which it became due. */
  const waiting = new Set<Judge>();
  return {
    add(subject, sample) {
      let judge = judges.get(subject);
      if (judge === undefined) {
        judge = createJudge({ subject, mayMissLooks: true });
        judges.set(subject, judge);
      }
      judge.add(sample);
      if (judge.lookIsDue) waiting.add(judge);
    },
    check() {
      let spent = 0;
      for (const judge of waiting) {
        if (spent >= weighingsPerCheck) break;
        waiting.delete(judge);
        spent += COST[judge.look()];
      }
      return [...judges.values()].map((judge) => judge.latest());
    },
    verdictOn: (subject) => judges.get(subject)?.latest(),
    isSettled: (subject) => judges.get(subject)?.isSettled ?? false,
    remove(subject) {
      const judge = judges.get(subject);
      if (judge !== undefined) waiting.delete(judge);
      judges.delete(subject);
    },
    get subjects() {
      return [...judges.keys()];
    },
  };
}
