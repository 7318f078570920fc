// The newest points of one process in typed arrays, which begin small: most processes do not live to fill them.
import type { ProcessPoint } from '../model/index.ts';
import type { Bytes, Percent, Seconds } from '../units/index.ts';

const FIRST_CAPACITY = 16;

export class PointRing {
  readonly #size: number;
  #times = new Float64Array(0);
  #rss = new Float64Array(0);
  #cpu = new Float64Array(0);
  /** Where the oldest point is; moves only once the arrays have their full size. */
  #start = 0;
  #length = 0;

  /** Keeps `size` points. */
  constructor(size: number) {
    this.#size = size;
  }

  /** A point of the same time as the newest replaces it. */
  push(atSeconds: Seconds, rssBytes: Bytes, cpuPercent: Percent): void {
    const slot = this.#slotFor(atSeconds);
    this.#times[slot] = atSeconds;
    this.#rss[slot] = rssBytes;
    this.#cpu[slot] = cpuPercent;
  }

  #slotFor(atSeconds: Seconds): number {
    const newest = this.#slot(this.#length - 1);
    if (this.#length > 0 && this.#times[newest] === atSeconds) return newest;
    if (this.#length === this.#times.length && this.#length < this.#size) this.#grow();
    if (this.#length < this.#size) this.#length += 1;
    else this.#start = (this.#start + 1) % this.#size;
    return this.#slot(this.#length - 1);
  }

  #slot(index: number): number {
    return (this.#start + index) % Math.max(1, this.#times.length);
  }

  #grow(): void {
    const capacity = Math.min(this.#size, Math.max(FIRST_CAPACITY, this.#times.length * 2));
    this.#times = enlarged(this.#times, capacity);
    this.#rss = enlarged(this.#rss, capacity);
    this.#cpu = enlarged(this.#cpu, capacity);
  }

  /** The oldest first. */
  points(): readonly ProcessPoint[] {
    const points: ProcessPoint[] = [];
    for (let index = 0; index < this.#length; index += 1) points.push(this.#point(this.#slot(index)));
    return points;
  }

  #point(slot: number): ProcessPoint {
    return {
      atSeconds: this.#times[slot] as number,
      rssBytes: this.#rss[slot] as number,
      cpuPercent: this.#cpu[slot] as number,
    };
  }
}

function enlarged(array: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(length);
  larger.set(array);
  return larger;
}
