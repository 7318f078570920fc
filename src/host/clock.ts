// What reading the host asks of time.
import type { Seconds } from '../units/index.ts';

export interface ReadingClock {
  /** Seconds since the Unix epoch; may jump either way. Says when a reading was. */
  wallSeconds(): Seconds;
  /** Never goes back. For durations and rates. */
  monotonicSeconds(): Seconds;
}
