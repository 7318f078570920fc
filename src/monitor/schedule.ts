// One thing done again and again, never twice at once. Starts are an interval apart however long each run takes, but a run
// starts no sooner than the rest after the last one's end.
import type { Seconds } from '../units/index.ts';
import type { Clock } from './clock.ts';

export interface Schedule {
  /** The interval has changed: count the wait from the last start anew. */
  reschedule(): void;
  /** Nothing starts any more; resolves when a run that is under way has ended. */
  stop(): Promise<void>;
}

export interface ScheduleOptions {
  readonly clock: Clock;
  /** Asked again before each wait, so that it can change while running. */
  readonly intervalSeconds: () => Seconds;
  /** Least time between a run's end and the next start. */
  readonly restSeconds?: () => Seconds;
  /** Time before the first start. */
  readonly delaySeconds?: Seconds;
  /** Must not throw. */
  readonly run: () => void | Promise<void>;
}

export function startSchedule(options: ScheduleOptions): Schedule {
  const { clock, intervalSeconds, run } = options;
  const restSeconds = options.restSeconds ?? (() => 0);
  let cancel = () => {};
  let stopped = false;
  let underWay: Promise<void> | undefined;
  let startedAt = clock.monotonicSeconds() - intervalSeconds() + (options.delaySeconds ?? 0);
  let endedAt = Number.NEGATIVE_INFINITY;

  const wait = (): void => {
    if (stopped) return;
    const due = Math.max(startedAt + intervalSeconds(), endedAt + restSeconds());
    cancel();
    cancel = clock.after(Math.max(0, due - clock.monotonicSeconds()), start);
  };
  const start = (): void => {
    startedAt = clock.monotonicSeconds();
    underWay = Promise.resolve(run()).then(() => {
      underWay = undefined;
      endedAt = clock.monotonicSeconds();
      wait();
    });
  };
  wait();
  return {
    reschedule: () => {
      if (!underWay) wait();
    },
    stop: async () => {
      stopped = true;
      cancel();
      await underWay;
    },
  };
}
