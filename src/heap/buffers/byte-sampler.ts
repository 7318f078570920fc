// Which allocations are recorded. One of at least the interval always is, and exactly; of the smaller ones every byte is as
// likely to be drawn, one in an interval on average, and what is drawn stands for what went by. So a site's bytes are right
// within √(bytes × interval), and those of large buffers are exact.
//
// A record costs some tens of microseconds, nearly all for the stack. A burst of thousands is recorded whole; a thread that goes on
// like that must not go on paying: the interval doubles until few enough are drawn, and comes down again when they get rare.
import type { Bytes, Seconds } from '../../units/index.ts';

const LEAST_INTERVAL_BYTES: Bytes = 64 * 1024;
const MOST_INTERVAL_BYTES: Bytes = 64 * 1024 ** 2;

/** About one per cent of a processor. */
const RECORDS_PER_SECOND = 256;
/** What was not drawn while it was calm may be drawn at once. */
const MOST_SAVED_RECORDS = 4096;
/** Records between two looks at the clock. */
const WINDOW = 64;

/** What an allocation stands for. */
export interface Weight {
  readonly bytes: Bytes;
  readonly count: number;
}

export interface ByteSamplerOptions {
  /** From 0, exclusive, to 1. */
  readonly random: () => number;
  readonly monotonicSeconds: () => Seconds;
}

export class ByteSampler {
  readonly #options: ByteSamplerOptions;
  #intervalBytes = LEAST_INTERVAL_BYTES;
  #untilNextBytes = 0;
  #drawnInWindow = 0;
  #savedRecords = MOST_SAVED_RECORDS;
  #countedAt: Seconds;

  constructor(options: ByteSamplerOptions) {
    this.#options = options;
    this.#countedAt = options.monotonicSeconds();
    this.#draw();
  }

  get intervalBytes(): Bytes {
    return this.#intervalBytes;
  }

  /** On the path of every allocation: whether this one is recorded. */
  takes(bytes: Bytes): boolean {
    if (bytes >= this.#intervalBytes) return true;
    this.#untilNextBytes -= bytes;
    return this.#untilNextBytes <= 0;
  }

  /** Of one that was taken; draws the next. */
  weigh(bytes: Bytes): Weight {
    const interval = this.#intervalBytes;
    this.#keepRate();
    if (bytes >= interval) return { bytes, count: 1 };
    this.#draw();
    // An allocation of so many bytes is drawn with this probability.
    const count = 1 / (1 - Math.exp(-bytes / interval));
    return { bytes: bytes * count, count };
  }

  /** Once a second or so: comes down again after a while of calm. */
  relax(): void {
    this.#count();
    if (this.#savedRecords > MOST_SAVED_RECORDS / 2) this.#change(0.5);
  }

  #draw(): void {
    this.#untilNextBytes = -Math.log(this.#options.random()) * this.#intervalBytes;
  }

  #keepRate(): void {
    this.#drawnInWindow += 1;
    if (this.#drawnInWindow < WINDOW) return;
    this.#count();
    if (this.#savedRecords >= 0) return;
    this.#savedRecords = 0;
    this.#change(2);
  }

  #count(): void {
    const now = this.#options.monotonicSeconds();
    const earned = (now - this.#countedAt) * RECORDS_PER_SECOND;
    this.#savedRecords = Math.min(this.#savedRecords - this.#drawnInWindow + earned, MOST_SAVED_RECORDS);
    this.#drawnInWindow = 0;
    this.#countedAt = now;
  }

  /** The process of drawing has no memory: what is already drawn may stay. */
  #change(factor: number): void {
    const wanted = this.#intervalBytes * factor;
    this.#intervalBytes = Math.min(Math.max(wanted, LEAST_INTERVAL_BYTES), MOST_INTERVAL_BYTES);
  }
}
