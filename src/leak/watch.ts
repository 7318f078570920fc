// The judges of many subjects, so that a health check costs little however many there are: samples only go into their histories, and
// a check takes as many looks as its budget allows, the longest due first. A look that comes late sees the same history and more.
import type { Subject, Verdict } from '../model/index.ts';
import { createJudge, type Judge, type Look } from './judge.ts';
import type { SeriesSample } from './sample.ts';

export interface LeakWatchOptions {
  /** What one check may spend, in weighings: half a millisecond each for RSS, four times that where the heap is known too. */
  readonly weighingsPerCheck?: number;
  /** Whose look is taken whenever it is due, before and beside all others. */
  readonly first?: Subject;
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

const DEFAULT_WEIGHINGS = 2;
const COST: Readonly<Record<Look, number>> = { none: 0, screened: 0.1, weighed: 1 };

interface Watched {
  readonly judge: Judge;
  /** What its newest look cost, and the next will most likely cost again. */
  cost: number;
}

export function createLeakWatch({
  weighingsPerCheck = DEFAULT_WEIGHINGS,
  first,
}: LeakWatchOptions = {}): LeakWatch {
  const watched = new Map<Subject, Watched>();
  /** Those with a look due, in the order in which it became due. */
  const waiting = new Set<Watched>();
  const begin = (subject: Subject): Watched => {
    const begun = { judge: createJudge({ subject, mayMissLooks: true }), cost: COST.screened };
    watched.set(subject, begun);
    return begun;
  };
  const look = (each: Watched): number => {
    waiting.delete(each);
    each.cost = COST[each.judge.look()];
    return each.cost;
  };
  return {
    add(subject, sample) {
      const each = watched.get(subject) ?? begin(subject);
      each.judge.add(sample);
      if (each.judge.lookIsDue) waiting.add(each);
    },
    check() {
      const preferred = first === undefined ? undefined : watched.get(first);
      if (preferred?.judge.lookIsDue) look(preferred);
      let spent = 0;
      for (const each of waiting) {
        // The first is looked at however dear it is, or it would wait for ever.
        if (spent > 0 && spent + each.cost > weighingsPerCheck) break;
        spent += look(each);
      }
      return [...watched.values()].map(({ judge }) => judge.latest());
    },
    verdictOn: (subject) => watched.get(subject)?.judge.latest(),
    isSettled: (subject) => watched.get(subject)?.judge.isSettled ?? false,
    remove(subject) {
      const gone = watched.get(subject);
      if (gone) waiting.delete(gone);
      watched.delete(subject);
    },
    get subjects() {
      return [...watched.keys()];
    },
  };
}
