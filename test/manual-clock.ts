// A clock that a test turns by hand. Wall time and monotonic time start apart and can be set apart.
import type { Clock } from '../src/monitor/clock.ts';
import type { Seconds } from '../src/units/index.ts';

export interface ManualClock extends Clock {
  /** Lets time pass, and calls what falls due on the way, in order; settled promises run in between. */
  advance(seconds: Seconds): Promise<void>;
  /** The wall clock is set by someone: monotonic time does not see it. */
  jump(seconds: Seconds): void;
}

interface Due {
  readonly at: Seconds;
  readonly callback: () => void;
}

export function createManualClock(startWallSeconds: Seconds = 1_700_000_000): ManualClock {
  let monotonic = 1000;
  let wall = startWallSeconds;
  const waiting = new Set<Due>();
  const pass = (seconds: Seconds): void => {
    monotonic += seconds;
    wall += seconds;
  };
  const next = (until: Seconds): Due | undefined =>
    [...waiting].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  return {
    wallSeconds: () => wall,
    monotonicSeconds: () => monotonic,
    after(seconds, callback) {
      const due = { at: monotonic + seconds, callback };
      waiting.add(due);
      return () => waiting.delete(due);
    },
    async advance(seconds) {
      const end = monotonic + seconds;
      for (let due = next(end); due; due = next(end)) {
        waiting.delete(due);
        pass(due.at - monotonic);
        due.callback();
        await new Promise((resolve) => setImmediate(resolve));
      }
      pass(end - monotonic);
    },
    jump: (seconds) => {
      wall += seconds;
    },
  };
}
