// Some consecutive samples as one: sums and least values, so that two neighbours can merge into one without loss.
import type { Bytes, Ratio, Seconds } from '../units/index.ts';
import type { SeriesSample } from './sample.ts';

export interface Bucket {
  readonly life: number;
  readonly startSeconds: Seconds;
  readonly endSeconds: Seconds;
  readonly samples: number;
  /** Over the collections that ended in this bucket. */
  readonly floorSum: Bytes;
  readonly floorCount: number;
  /** Infinity where the column is not known. */
  readonly usedLeast: Bytes;
  readonly rssLeast: Bytes;
  readonly externalLeast: Bytes;
  readonly subjectLeast: Bytes;
  /** Of RSS less what V8 holds for its heap, as far as that is known. */
  readonly beyondHeapSum: Bytes;
  /** One a lag in `LOAD_MEMORIES`; at those collections, and at every sample. */
  readonly floorLoadSums?: readonly number[];
  readonly loadSums?: readonly number[];
  /** One a share in `GIVE_BACK`. */
  readonly peakSums?: readonly Bytes[];
}

/** Memory follows the load with a lag that is not known: the load's exponential averages over so many samples. */
export const LOAD_MEMORIES: readonly number[] = [1, 4, 12, 40];

/** RSS follows the heap up at once and gives back slowly: shares of the excess that one sample returns. 1: at once. */
export const GIVE_BACK: readonly Ratio[] = [1, 0.03, 0.012, 0.005, 0.002];

/** What of the samples before a life's newest one still matters. */
export interface Carried {
  readonly floorBytes?: Bytes;
  readonly loads?: readonly number[];
  readonly loadSamples?: number;
  readonly peaks?: readonly Bytes[];
}

export function carry(before: Carried, sample: SeriesSample): Carried {
  const load = sample.requestsPerSecond;
  const loadSamples = (before.loadSamples ?? 0) + 1;
  // What V8 accounts for, on its heap and off it.
  const used =
    sample.heapUsedBytes === undefined ? undefined : sample.heapUsedBytes + (sample.externalBytes ?? 0);
  return {
    ...(sample.heapFloorBytes !== undefined && { floorBytes: sample.heapFloorBytes }),
    ...(load !== undefined && {
      loadSamples,
      // They begin as plain means: else the first sample, before any request came, would look like a load that rises.
      loads: LOAD_MEMORIES.map((memory, index) => {
        const level = before.loads?.[index] ?? load;
        return level + (load - level) / Math.min(memory, loadSamples);
      }),
    }),
    ...(used !== undefined && {
      peaks: GIVE_BACK.map((share, index) => {
        const peak = before.peaks?.[index] ?? used;
        return used > peak ? used : peak + share * (used - peak);
      }),
    }),
  };
}

/** `before` and `now`: what was carried up to this sample, without and with it. */
export function bucketOf(sample: SeriesSample, life: number, before: Carried, now: Carried): Bucket {
  const floor = sample.heapFloorBytes;
  // A floor that repeats is no new collection.
  const collected = floor !== undefined && floor !== before.floorBytes;
  return {
    life,
    startSeconds: sample.atSeconds,
    endSeconds: sample.atSeconds,
    samples: 1,
    floorSum: collected ? floor : 0,
    floorCount: collected ? 1 : 0,
    usedLeast: sample.heapUsedBytes ?? Number.POSITIVE_INFINITY,
    rssLeast: sample.rssBytes ?? Number.POSITIVE_INFINITY,
    externalLeast: sample.externalBytes ?? Number.POSITIVE_INFINITY,
    subjectLeast: sample.usedBytes ?? Number.POSITIVE_INFINITY,
    beyondHeapSum: (sample.rssBytes ?? Number.NaN) - (sample.heapTotalBytes ?? 0),
    ...(now.loads && {
      loadSums: now.loads,
      floorLoadSums: collected ? now.loads : now.loads.map(() => 0),
    }),
    ...(now.peaks && { peakSums: now.peaks }),
  };
}

/** Of neighbours in one life. What one of them does not know, neither does their sum. */
export function mergeBuckets(first: Bucket, second: Bucket): Bucket {
  const loadSums = sums(first.loadSums, second.loadSums);
  const floorLoadSums = sums(first.floorLoadSums, second.floorLoadSums);
  const peakSums = sums(first.peakSums, second.peakSums);
  return {
    life: first.life,
    startSeconds: first.startSeconds,
    endSeconds: second.endSeconds,
    samples: first.samples + second.samples,
    floorSum: first.floorSum + second.floorSum,
    floorCount: first.floorCount + second.floorCount,
    usedLeast: Math.min(first.usedLeast, second.usedLeast),
    rssLeast: Math.min(first.rssLeast, second.rssLeast),
    externalLeast: Math.min(first.externalLeast, second.externalLeast),
    subjectLeast: Math.min(first.subjectLeast, second.subjectLeast),
    beyondHeapSum: first.beyondHeapSum + second.beyondHeapSum,
    ...(loadSums && { loadSums }),
    ...(floorLoadSums && { floorLoadSums }),
    ...(peakSums && { peakSums }),
  };
}

function sums(
  first: readonly number[] | undefined,
  second: readonly number[] | undefined,
): readonly number[] | undefined {
  return first && second && first.map((value, index) => value + (second[index] ?? 0));
}
