// The slowest N of something, slowest first: what the seed keeps of queries and of requests.
import type { Seconds } from '../units/index.ts';

export interface SlowLog<T> {
  /** Keeps the entry if it reaches the threshold and is among the slowest. */
  add(entry: T): void;
  /** Slowest first; of two equally slow the older first. */
  entries(): readonly T[];
}

export function createSlowLog<T extends { readonly durationSeconds: Seconds }>(
  size: number,
  thresholdSeconds: () => Seconds,
): SlowLog<T> {
  const kept: T[] = [];
  return {
    add(entry) {
      // Written so that a duration that is not a number is refused.
      if (!(entry.durationSeconds >= thresholdSeconds())) return;
      const faster = kept.findIndex((other) => other.durationSeconds < entry.durationSeconds);
      kept.splice(faster === -1 ? kept.length : faster, 0, entry);
      if (kept.length > size) kept.pop();
    },
    entries: () => [...kept],
  };
}
