// Rolls samples up to minutes and minutes up to hours, each bucket once it is over. How far it came is marked in the same
// transaction, and a bucket is computed whole and replaced, so that a crash anywhere is made good by running it again.
import { alignDown, type Bucket, bucketOf, mergeBuckets, widenBuckets } from '../bucket.ts';
import { unpackSample } from '../packed-sample.ts';
import { HOUR_MS, MINUTE_MS, type RangeMs } from '../resolution.ts';
import { processSeriesNumber, STORED_HOST_METRICS } from '../stored-series.ts';
import type { ProcessTable } from './process-table.ts';
import type { SampleStore } from './sample-store.ts';

/** Of samples in one go, after a time away or a clock set back: the rest follows at the next upkeep. */
const MAX_ROLLED_MS = HOUR_MS;

export function isRollUpDue({ marks }: SampleStore, nowMs: number): boolean {
  return marks.times.minutesRolledTo < alignDown(nowMs, MINUTE_MS);
}

/** Within a transaction of the caller's. */
export function rollUp(store: SampleStore, nowMs: number): void {
  rollUpMinutes(store, nowMs);
  rollUpHours(store);
}

function rollUpMinutes(store: SampleStore, nowMs: number): void {
  const overMs = alignDown(nowMs, MINUTE_MS);
  const { minutesRolledTo } = store.marks.times;
  if (minutesRolledTo >= overMs) return;
  const firstMs = store.samples.firstSince(minutesRolledTo) ?? overMs;
  const fromMs = Math.min(alignDown(firstMs, MINUTE_MS), overMs);
  const toMs = Math.min(fromMs + MAX_ROLLED_MS, overMs);
  insertMinutes(store, { fromMs, toMs: toMs - 1 });
  store.marks.move({ minutesRolledTo: toMs });
}

function insertMinutes(store: SampleStore, range: RangeMs): void {
  let minuteMs = range.fromMs;
  let open = new Map<number, Bucket>();
  const close = (nextMs: number) => {
    for (const [series, bucket] of open) store.minutes.insert(series, bucket);
    open = new Map();
    minuteMs = nextMs;
  };
  for (const { atMs, packed } of store.samples.inRange(range)) {
    const atMinuteMs = alignDown(atMs, MINUTE_MS);
    if (atMinuteMs !== minuteMs) close(atMinuteMs);
    unpackSample(packed, (series, value) => {
      const bucket = open.get(series);
      const added = bucketOf(minuteMs, value);
      open.set(series, bucket === undefined ? added : mergeBuckets(bucket, added));
    });
  }
  close(range.toMs);
}

function rollUpHours(store: SampleStore): void {
  const { hoursRolledTo, minutesRolledTo, oldest = minutesRolledTo } = store.marks.times;
  const fromMs = Math.max(hoursRolledTo, alignDown(oldest, HOUR_MS));
  const toMs = alignDown(minutesRolledTo, HOUR_MS);
  if (fromMs >= toMs) return;
  const range = { fromMs, toMs: toMs - 1 };
  for (const series of seriesIn(store.processes, range))
    for (const hour of widenBuckets(store.minutes.inRange(series, range), HOUR_MS))
      store.hours.insert(series, hour);
  store.marks.move({ hoursRolledTo: toMs });
}

/** Every series that may have values in the range. */
export function seriesIn(processes: ProcessTable, range: RangeMs): readonly number[] {
  return [
    ...STORED_HOST_METRICS.map(({ series }) => series),
    ...processes
      .seenIn(range)
      .flatMap((number) => [processSeriesNumber(number, 'rss'), processSeriesNumber(number, 'cpu_percent')]),
  ];
}
