// tracemalloc's get_traced_memory: how much of what is sampled lives, and the most that ever did. V8 tells when it is asked and
// at no other time, so the peak is that of the readings.
import { type Profile, totalBytes } from '../../model/index.ts';
import { heapOnly } from '../../profile/index.ts';
import type { Bytes, Seconds } from '../../units/index.ts';

export interface TracedMemory {
  /** Live bytes on the heap that the samples of the newest reading stand for. */
  readonly currentBytes: Bytes;
  /** The greatest of all readings since tracing began or the peak was reset. */
  readonly peakBytes: Bytes;
  /** Of the newest reading, since the Unix epoch. */
  readonly atSeconds: Seconds;
}

export interface TracedReadings {
  see(profile: Profile, atSeconds: Seconds): void;
  /** Undefined before the first reading. */
  memory(): TracedMemory | undefined;
  resetPeak(): void;
}

export function createTracedReadings(): TracedReadings {
  let newest: TracedMemory | undefined;
  return {
    see(profile, atSeconds) {
      const currentBytes = totalBytes(heapOnly(profile));
      newest = { currentBytes, peakBytes: Math.max(currentBytes, newest?.peakBytes ?? 0), atSeconds };
    },
    memory: () => newest,
    resetPeak() {
      newest = newest && { ...newest, peakBytes: newest.currentBytes };
    },
  };
}
