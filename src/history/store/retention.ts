// What is dropped: by age at each resolution, and when the store is larger than it may be, the oldest of the finest first.
// Only what is rolled up to the next resolution goes, so that nothing vanishes without its summary, and whole buckets of that.
import { alignDown } from '../bucket.ts';
import type { Resolution } from '../history.ts';
import { HOUR_MS, MINUTE_MS } from '../resolution.ts';
import { seriesIn } from './roll-up.ts';
import type { SampleStore } from './sample-store.ts';

const DAY_MS = 24 * HOUR_MS;
const SAMPLE_AGE_MS = 2 * DAY_MS;
const MINUTE_AGE_MS = 14 * DAY_MS;

interface Stage {
  readonly resolution: Resolution;
  /** What stays in this stage, however little room there is. */
  readonly keepMs: number;
}

/** First what is least missed; the last three stages are for a store that holds next to nothing. */
const STAGES: readonly Stage[] = [
  { resolution: 'sample', keepMs: HOUR_MS },
  { resolution: 'minute', keepMs: DAY_MS },
  { resolution: 'hour', keepMs: 7 * DAY_MS },
  { resolution: 'sample', keepMs: 0 },
  { resolution: 'minute', keepMs: 0 },
  { resolution: 'hour', keepMs: 0 },
];

/** Of what a stage holds, this part goes at a time: few steps even where a clock that was not set left a sample in 1970. */
const PART_DROPPED = 1 / 16;

/** Within a transaction of the caller's. */
export function dropAged(store: SampleStore, nowMs: number, retentionMs: number): void {
  const cutAfter = (ageMs: number) => alignDown(nowMs - Math.min(ageMs, retentionMs), HOUR_MS);
  dropBefore(store, 'sample', cutAfter(SAMPLE_AGE_MS));
  dropBefore(store, 'minute', cutAfter(MINUTE_AGE_MS));
  dropBefore(store, 'hour', cutAfter(retentionMs));
}

/** Drops until `isTooMuch` says no or nothing that may go is left. Within a transaction of the caller's. */
export function dropExcess(store: SampleStore, isTooMuch: () => boolean): void {
  for (const { resolution, keepMs } of STAGES) {
    const endMs = droppableTo(store, resolution) - keepMs;
    for (let fromMs = keptFrom(store, resolution); fromMs < endMs && isTooMuch(); ) {
      const cutMs = Math.min(endMs, alignDown(fromMs + (endMs - fromMs) * PART_DROPPED, HOUR_MS) + HOUR_MS);
      dropBefore(store, resolution, cutMs);
      fromMs = cutMs;
    }
  }
}

function keptFrom({ marks, samples }: SampleStore, resolution: Resolution): number {
  const { oldest = 0, minutesFrom, hoursFrom } = marks.times;
  switch (resolution) {
    case 'sample':
      return samples.firstSince(0) ?? Number.POSITIVE_INFINITY;
    case 'minute':
      return Math.max(oldest, minutesFrom);
    case 'hour':
      return Math.max(oldest, hoursFrom);
  }
}

/** The next resolution holds everything before this. */
function droppableTo({ marks }: SampleStore, resolution: Resolution): number {
  const { minutesRolledTo, hoursRolledTo } = marks.times;
  return resolution === 'sample' ? minutesRolledTo : hoursRolledTo;
}

function dropBefore(store: SampleStore, resolution: Resolution, wantedMs: number): void {
  const cutMs = alignDown(Math.min(wantedMs, droppableTo(store, resolution)), MINUTE_MS);
  switch (resolution) {
    case 'sample':
      dropSamples(store, cutMs);
      break;
    case 'minute':
      dropMinutes(store, alignDown(cutMs, HOUR_MS));
      break;
    case 'hour':
      dropHours(store, alignDown(cutMs, HOUR_MS));
      break;
  }
}

function dropSamples({ samples, marks }: SampleStore, cutMs: number): void {
  if (cutMs <= marks.times.samplesFrom) return;
  samples.dropBefore(cutMs);
  marks.move({ samplesFrom: cutMs });
}

function dropMinutes({ minutes, processes, marks }: SampleStore, cutMs: number): void {
  const { minutesFrom } = marks.times;
  if (cutMs <= minutesFrom) return;
  for (const series of seriesIn(processes, { fromMs: minutesFrom, toMs: cutMs }))
    minutes.dropBefore(series, cutMs);
  marks.move({ minutesFrom: cutMs });
}

/** The hours are the last that is known of a time: processes not seen since go with them. */
function dropHours({ hours, processes, marks }: SampleStore, cutMs: number): void {
  const { hoursFrom, oldest = cutMs } = marks.times;
  if (cutMs <= hoursFrom) return;
  for (const series of seriesIn(processes, { fromMs: hoursFrom, toMs: cutMs }))
    hours.dropBefore(series, cutMs);
  processes.forgetSeenBefore(cutMs);
  marks.move({ hoursFrom: cutMs, oldest: Math.max(oldest, cutMs) });
}
