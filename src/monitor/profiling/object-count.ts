// How many objects a sample stands for. V8 scales each sample up to what it stands for and reports the product alone:
// weight = size × ⌊1/(1 − e^(−size/interval)) + ½⌋. So the object's size is one that divides the weight and has just that
// factor. Several sizes do (524,304 is that of 16, 24 and 48 bytes at 512 KiB), so the count is an expectation over them, with
// every order of magnitude of sizes as likely as any other. It is often off by a factor of two; the weight is not touched by it.
//
// V8: SamplingHeapProfiler::ScaleSample
import type { Bytes } from '../../units/index.ts';

/** V8 lays out objects in words. */
const WORD_BYTES = 8;

/** Larger objects are met through their factor, which is then small. */
const LARGEST_STEPPED_BYTES = 4096;

export type ObjectCount = (weight: Bytes) => number;

/** Remembers what it has found: there are few different weights in a process. */
export function objectCounter(sampleIntervalBytes: Bytes | undefined): ObjectCount {
  if (sampleIntervalBytes === undefined) return () => 1;
  const known = new Map<Bytes, number>();
  return (weight) => {
    const kept = known.get(weight);
    if (kept !== undefined) return kept;
    if (known.size >= MAX_KNOWN) known.clear();
    const count = expectation(possibleCounts(weight, sampleIntervalBytes));
    known.set(weight, count);
    return count;
  };
}

const MAX_KNOWN = 10_000;

/** A size is as likely as it is small, so a count is as likely as it is large. At least 1. */
function expectation(counts: readonly number[]): number {
  const sum = counts.reduce((total, count) => total + count, 0);
  const squares = counts.reduce((total, count) => total + count ** 2, 0);
  return Math.max(1, Math.round(squares / sum) || 1);
}

function possibleCounts(weight: Bytes, interval: Bytes): number[] {
  const counts = new Set<number>();
  const consider = (count: number): void => {
    const size = weight / count;
    if (Number.isInteger(size) && size % WORD_BYTES === 0 && factor(size, interval) === count)
      counts.add(count);
  };
  for (let size = WORD_BYTES; size <= Math.min(weight, LARGEST_STEPPED_BYTES); size += WORD_BYTES)
    consider(weight / size);
  for (let count = 1; count <= Math.ceil(interval / LARGEST_STEPPED_BYTES) + 1; count += 1) consider(count);
  return [...counts];
}

function factor(size: Bytes, interval: Bytes): number {
  return Math.floor(1 / (1 - Math.exp(-size / interval)) + 0.5);
}
