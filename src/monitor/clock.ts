// Time as an argument: what the engine asks of it, and the real one. Tests hand in a clock they turn by hand.
import type { Seconds } from '../units/index.ts';

export interface Clock {
  /** Seconds since the Unix epoch; may jump either way. For what is shown and stored. */
  wallSeconds(): Seconds;
  /** Never goes back. For rates and durations. */
  monotonicSeconds(): Seconds;
  /** Calls back once, after a while, unless the returned function is called before. */
  after(seconds: Seconds, callback: () => void): () => void;
}

export const systemClock: Clock = {
  wallSeconds: () => Date.now() / 1000,
  monotonicSeconds: () => performance.now() / 1000,
  after(seconds, callback) {
    const timer = setTimeout(callback, seconds * 1000);
    return () => clearTimeout(timer);
  },
};
