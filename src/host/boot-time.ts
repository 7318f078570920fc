// When the host was started, in wall time: what start times in ticks since boot are added to.
import { uptime } from 'node:os';
import { ParseError } from '../model/index.ts';
import type { Seconds } from '../units/index.ts';
import type { ReadingClock } from './clock.ts';
import { readStat } from './procfs/index.ts';

/** The kernel prints whole seconds; a smaller jump of the wall clock cannot be seen in them. */
const NOTICEABLE_SECONDS = 1;

/**
 * The kernel's boot time moves with the wall clock: one that is set after boot (no battery, a resumed machine) moves all start
 * times. So it is read again when wall and monotonic time have come apart, and not at every scan: /proc/stat is costly on
 * large machines.
 */
export class BootTime {
  readonly #procRoot: string;
  readonly #clock: ReadingClock;
  #readAtOffset = Number.NaN;
  #bootAtSeconds: Seconds = 0;

  constructor(procRoot: string, clock: ReadingClock) {
    this.#procRoot = procRoot;
    this.#clock = clock;
  }

  atSeconds(): Seconds {
    const offset = this.#clock.wallSeconds() - this.#clock.monotonicSeconds();
    const moved = !(Math.abs(offset - this.#readAtOffset) < NOTICEABLE_SECONDS);
    if (moved) {
      this.#bootAtSeconds = readBootTime(this.#procRoot) ?? this.#clock.wallSeconds() - uptime();
      this.#readAtOffset = offset;
    }
    return this.#bootAtSeconds;
  }
}

/** Undefined where the kernel does not tell, or tells nonsense: that is for the reader of processor times to report. */
function readBootTime(procRoot: string): Seconds | undefined {
  try {
    return readStat(procRoot)?.bootAtSeconds;
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}
