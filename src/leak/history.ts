// A process's whole history in a bounded number of buckets. Buckets are counted in samples, not seconds: 60 s sampled every 0.5 s
// are judged as 20 min sampled every 10 s. When there are too many, neighbours merge and the next ones hold twice the samples, so
// that resolution stays a fixed share of the history. Invariant: the buckets of one life are contiguous and in order.
import type { Seconds } from '../units/index.ts';
import { type Bucket, bucketOf, type Carried, carry, mergeBuckets } from './bucket.ts';
import { createRestartDetector, type RestartDetector } from './restart.ts';
import type { SeriesSample } from './sample.ts';

/** What is judged: it never changes once it was taken. */
export interface HistoryView {
  readonly buckets: readonly Bucket[];
  /** When each life that still has buckets began. */
  readonly lifeStarts: ReadonlyMap<number, Seconds>;
  readonly samples: number;
  readonly newest: SeriesSample;
}

export interface History {
  /** True when a bucket closed: there is something new to judge. Costs the same at every sample, but for the rare merge. */
  add(sample: SeriesSample): boolean;
  /** Undefined before the first sample. */
  view(): HistoryView | undefined;
  readonly samples: number;
}

/** Enough to see a turn to within a fiftieth of the history, few enough to weigh thirty accounts in a millisecond. */
export const MOST_BUCKETS = 96;
/** Then the oldest are forgotten: at a sample every 10 s, after three days. */
const MOST_SAMPLES_PER_BUCKET = 256;
const MOST_LIVES = 6;

export function createHistory(restarts: RestartDetector = createRestartDetector()): History {
  let buckets: Bucket[] = [];
  let open: Bucket | undefined;
  let samplesPerBucket = 1;
  let samples = 0;
  let life = 0;
  let carried: Carried = {};
  let newest: SeriesSample | undefined;
  let lifeStarts = new Map<number, Seconds>();

  const close = (): void => {
    if (open === undefined) return;
    buckets.push(open);
    open = undefined;
    if (buckets.length <= MOST_BUCKETS) return;
    if (samplesPerBucket >= MOST_SAMPLES_PER_BUCKET) buckets.shift();
    else {
      buckets = mergePairs(buckets);
      samplesPerBucket *= 2;
    }
  };
  const beginLife = (atSeconds: Seconds): void => {
    close();
    life += 1;
    carried = {};
    buckets = buckets.filter((bucket) => bucket.life > life - MOST_LIVES);
    lifeStarts = new Map([...lifeStarts].filter(([number]) => number > life - MOST_LIVES));
    lifeStarts.set(life, atSeconds);
  };

  return {
    add(sample) {
      if (restarts.add(sample)) beginLife(sample.atSeconds);
      else if (samples === 0) lifeStarts.set(life, sample.atSeconds);
      const now = carry(carried, sample);
      const single = bucketOf(sample, life, carried, now);
      carried = now;
      newest = sample;
      samples += 1;
      open = open === undefined ? single : mergeBuckets(open, single);
      if (open.samples < samplesPerBucket) return false;
      close();
      return true;
    },
    view: () => newest && { buckets: [...buckets], lifeStarts: new Map(lifeStarts), samples, newest },
    get samples() {
      return samples;
    },
  };
}

/** Neighbours in one life; an odd one out stays as it is. */
function mergePairs(buckets: readonly Bucket[]): Bucket[] {
  const merged: Bucket[] = [];
  for (let index = 0; index < buckets.length; index++) {
    const bucket = buckets[index] as Bucket;
    const next = buckets[index + 1];
    if (next?.life === bucket.life) {
      merged.push(mergeBuckets(bucket, next));
      index += 1;
    } else merged.push(bucket);
  }
  return merged;
}
