// Silences: for a while nobody is told of an alert, while its incident goes on and is shown. The end of an incident is still
// told to those who heard of its beginning. A silence does not outlive a restart: forgetting one wakes somebody, keeping one
// that was forgotten wakes nobody.
import type { AlertKey, Notification } from '../model/index.ts';
import type { Seconds } from '../units/index.ts';
import type { Clock } from './clock.ts';

export interface Silence {
  readonly key: AlertKey;
  readonly untilSeconds: Seconds;
}

export interface Silences {
  /** From now on; 0 ends it. */
  set(key: AlertKey, seconds: Seconds): void;
  /** Those in force. */
  list(): readonly Silence[];
  /** Whether this one goes out. `wasTold`: somebody has heard of the incident. */
  lets(notification: Notification, wasTold: () => boolean): boolean;
}

/** Ends are kept in monotonic time: a clock that is set neither lengthens a silence nor cuts it short. */
export function createSilences(clock: Clock): Silences {
  const ends = new Map<AlertKey, Seconds>();
  const left = (key: AlertKey): Seconds => (ends.get(key) ?? 0) - clock.monotonicSeconds();
  return {
    set(key, seconds) {
      if (seconds > 0) ends.set(key, clock.monotonicSeconds() + seconds);
      else ends.delete(key);
    },
    list: () =>
      [...ends.keys()]
        .filter((key) => left(key) > 0)
        .map((key) => ({ key, untilSeconds: clock.wallSeconds() + left(key) })),
    lets({ kind, key }, wasTold) {
      if (key === 'test') return true;
      if (kind === 'resolved') return wasTold();
      return left(key) <= 0;
    },
  };
}
