// The newest samples, packed, in the order they came. The order is not that of their times: a clock can be set back, and then
// what was recorded last must not be what is dropped first.
import { type Bucket, bucketOf } from './bucket.ts';
import { valueIn } from './packed-sample.ts';
import type { RangeMs } from './resolution.ts';

export interface PackedSample {
  readonly atMs: number;
  readonly bytes: Uint8Array;
  /** Counts up. */
  readonly sample: number;
}

export interface RingBounds {
  readonly maxSamples: number;
  readonly maxBytes: number;
}

export class SampleRing {
  readonly #bounds: RingBounds;
  readonly #samples: PackedSample[] = [];
  #sizeBytes = 0;

  constructor(bounds: RingBounds) {
    this.#bounds = bounds;
  }

  /** A sample of the same millisecond as an earlier one takes its place, as in the store. */
  push(sample: PackedSample): void {
    const twin = this.#samples.findLastIndex(({ atMs }) => atMs === sample.atMs);
    const replaced = this.#samples[twin];
    if (replaced === undefined) this.#samples.push(sample);
    else this.#samples[twin] = { ...replaced, bytes: sample.bytes };
    this.#sizeBytes += sample.bytes.length - (replaced?.bytes.length ?? 0);
    while (this.#isTooMuch()) this.#dropOldest();
  }

  #isTooMuch(): boolean {
    const { maxSamples, maxBytes } = this.#bounds;
    return this.#samples.length > maxSamples || (this.#sizeBytes > maxBytes && this.#samples.length > 1);
  }

  #dropOldest(): void {
    this.#sizeBytes -= this.#samples.shift()?.bytes.length ?? 0;
  }

  /** In the order they came. */
  all(): readonly PackedSample[] {
    return this.#samples;
  }

  get oldest(): PackedSample | undefined {
    return this.#samples[0];
  }

  inRange({ fromMs, toMs }: RangeMs): readonly PackedSample[] {
    return this.#samples.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs).sort((a, b) => a.atMs - b.atMs);
  }

  values(series: number, range: RangeMs): readonly Bucket[] {
    return this.inRange(range).flatMap(({ atMs, bytes }) => {
      const value = valueIn(bytes, series);
      return value === undefined ? [] : [bucketOf(atMs, value)];
    });
  }
}
