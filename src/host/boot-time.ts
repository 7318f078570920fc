// When the host was started, in wall time: what start times in ticks since boot are added to.
import { uptime } from 'node:os';
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
      this.#bootAtSeconds = readStat(this.#procRoot)?.bootAtSeconds ?? this.#clock.wallSeconds() - uptime();
      this.#readAtOffset = offset;
    }
    return this.#bootAtSeconds;
  }
}
