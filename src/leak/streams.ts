// The streams of a history that can each leak on their own, with what drives them: the heap's floor by the load; external memory by
// the load; RSS by the heap where that is known, so that what still rises is native memory; else RSS by the load.
import type { Seconds } from '../units/index.ts';
import { type Bucket, GIVE_BACK, LOAD_MEMORIES } from './bucket.ts';
import type { HistoryView } from './history.ts';
import { mean, type StreamRecord } from './record.ts';
import type { Column } from './regression.ts';
import { withoutSpikes } from './spikes.ts';

export const STREAMS = ['heap', 'external', 'native', 'rss', 'used'] as const;
export type StreamName = (typeof STREAMS)[number];

/** Share of the history at a life's beginning that is start-up and tells nothing. */
const START_UP = 0.025;
const LEAST_BUCKETS_IN_LIFE = 4;
const LEAST_VALUES = 7;

export interface Stream {
  readonly record: StreamRecord;
  /** When the record's time 0 is. */
  readonly originSeconds: Seconds;
}

/** Undefined when the stream is not known, or for fewer than seven buckets. */
export function streamOf(view: HistoryView, stream: StreamName): Stream | undefined {
  const settled = settledBuckets(view);
  const known = (hasFloor: boolean) =>
    inLongLives(settled.filter((bucket) => Number.isFinite(streamValue(bucket, stream, hasFloor))));
  // A handful of collections makes no record yet; until then the least of each bucket stands for the floor.
  const collected = known(true);
  const hasFloor = collected.length >= LEAST_VALUES;
  const buckets = hasFloor ? collected : known(false);
  if (buckets.length < LEAST_VALUES) return undefined;
  const originSeconds = middleOf(buckets[0] as Bucket);
  const rates = ratesOf(buckets);
  const record = {
    times: columnOf(buckets, (bucket) => middleOf(bucket) - originSeconds),
    ages: columnOf(buckets, (bucket) => ageIn(view, bucket)),
    values: withoutSpikes(columnOf(buckets, (bucket) => streamValue(bucket, stream, hasFloor))),
    drivers: driversOf(buckets, stream, hasFloor),
    ...(rates && { rates }),
    lives: buckets.flatMap((bucket, index) => (bucket.life === buckets[index - 1]?.life ? [] : [index])),
  };
  return { record, originSeconds };
}

const middleOf = (bucket: Bucket) => (bucket.startSeconds + bucket.endSeconds) / 2;
const ageIn = (view: HistoryView, bucket: Bucket) =>
  middleOf(bucket) - (view.lifeStarts.get(bucket.life) ?? bucket.startSeconds);

function streamValue(bucket: Bucket, stream: StreamName, hasFloor: boolean): number {
  switch (stream) {
    case 'heap':
      if (!hasFloor) return bucket.usedLeast;
      return bucket.floorCount > 0 ? bucket.floorSum / bucket.floorCount : Number.NaN;
    case 'external':
      return bucket.externalLeast;
    case 'native':
      return bucket.peakSums === undefined ? Number.NaN : bucket.beyondHeapSum / bucket.samples;
    case 'rss':
      return bucket.peakSums === undefined ? bucket.rssLeast : Number.NaN;
    case 'used':
      return bucket.subjectLeast;
  }
}

function settledBuckets(view: HistoryView): readonly Bucket[] {
  const first = view.buckets[0]?.startSeconds ?? 0;
  const startUp = START_UP * ((view.buckets.at(-1)?.endSeconds ?? 0) - first);
  return view.buckets.filter((bucket) => {
    const age = ageIn(view, bucket);
    return age > 0 && age >= startUp;
  });
}

function inLongLives(buckets: readonly Bucket[]): readonly Bucket[] {
  const counts = new Map<number, number>();
  for (const { life } of buckets) counts.set(life, (counts.get(life) ?? 0) + 1);
  return buckets.filter(({ life }) => (counts.get(life) ?? 0) >= LEAST_BUCKETS_IN_LIFE);
}

function driversOf(buckets: readonly Bucket[], stream: StreamName, hasFloor: boolean): readonly Column[] {
  if (stream === 'native') {
    return GIVE_BACK.flatMap((_, lag) =>
      relative(buckets, ({ peakSums, samples }) => (peakSums?.[lag] ?? Number.NaN) / samples),
    );
  }
  const atFloor = stream === 'heap' && hasFloor;
  return LOAD_MEMORIES.flatMap((_, lag) =>
    relative(buckets, ({ floorLoadSums, floorCount, loadSums, samples }) =>
      atFloor ? (floorLoadSums?.[lag] ?? Number.NaN) / floorCount : (loadSums?.[lag] ?? Number.NaN) / samples,
    ),
  );
}

/** A plain loop: Float64Array.from walks an iterator, which shows when hundreds of series are looked at. */
function columnOf(buckets: readonly Bucket[], value: (bucket: Bucket) => number): Column {
  const column = new Float64Array(buckets.length);
  for (let index = 0; index < buckets.length; index++) column[index] = value(buckets[index] as Bucket);
  return column;
}

/** The column over its mean, less one; nothing when a bucket does not know it or it is always zero. */
function relative(buckets: readonly Bucket[], value: (bucket: Bucket) => number): Column[] {
  if (buckets.some((bucket) => Number.isNaN(value(bucket)))) return [];
  const column = columnOf(buckets, value);
  const centre = mean(column);
  return centre > 0 ? [column.map((each) => each / centre - 1)] : [];
}

function ratesOf(buckets: readonly Bucket[]): Column | undefined {
  const [rates] = relative(buckets, ({ loadSums, samples }) => (loadSums?.[0] ?? Number.NaN) / samples);
  return rates?.map((rate) => rate + 1);
}
