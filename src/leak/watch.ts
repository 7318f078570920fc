// The judges of many subjects, so that a turn costs little however many there are: samples only go into their histories, and each turn
// does a bounded number of small units of the looks that are due, the longest due first. A look that is begun is gone on with in the
// next turn; one that comes late sees the same history and more.
import type { Subject, Verdict } from '../model/index.ts';
import { createJudge, type Judge } from './judge.ts';
import type { SeriesSample } from './sample.ts';

export interface LeakWatchOptions {
  /** What one turn may do: a unit takes some 30 µs; a look has 2 where nothing rises, 16 where resident memory does. */
  readonly unitsPerTurn?: number;
  /** Whose look is taken before all others; it may take as much again. */
  readonly first?: Subject;
}

export interface LeakWatch {
  add(subject: Subject, sample: SeriesSample): void;
  /** Goes on with the looks that are due, for one turn. */
  work(): void;
  /** One more turn; answers the newest verdict on every subject. */
  check(): readonly Verdict[];
  /** The newest verdict on one subject; undefined for one that is not watched. */
  verdictOn(subject: Subject): Verdict | undefined;
  /** Whether a leak on it has been said for long enough that people may be told. */
  isSettled(subject: Subject): boolean;
  /** Forgets a subject that is gone. */
  remove(subject: Subject): void;
  readonly subjects: readonly Subject[];
}

const DEFAULT_UNITS = 20;

export function createLeakWatch({ unitsPerTurn = DEFAULT_UNITS, first }: LeakWatchOptions = {}): LeakWatch {
  const watched = new Map<Subject, Judge>();
  /** Those with a look due or underway, in the order in which it became due. */
  const waiting = new Set<Judge>();
  const begin = (subject: Subject): Judge => {
    const judge = createJudge({ subject, mayMissLooks: true });
    watched.set(subject, judge);
    return judge;
  };
  const work = (): void => {
    if (first !== undefined) watched.get(first)?.work(unitsPerTurn);
    let left = unitsPerTurn;
    for (const judge of waiting) {
      if (left <= 0) return;
      left -= judge.work(left);
      // One that was not finished stays in front; one that is due again already goes behind the others.
      if (left <= 0 && judge.hasWork) return;
      waiting.delete(judge);
      if (judge.hasWork) waiting.add(judge);
    }
  };
  return {
    add(subject, sample) {
      const judge = watched.get(subject) ?? begin(subject);
      judge.add(sample);
      if (judge.hasWork && subject !== first) waiting.add(judge);
    },
    work,
    check() {
      work();
      return Array.from(watched.values(), (judge) => judge.latest());
    },
    verdictOn: (subject) => watched.get(subject)?.latest(),
    isSettled: (subject) => watched.get(subject)?.isSettled ?? false,
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
