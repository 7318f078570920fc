// The samples on disk in their three resolutions, as one source of series. What is not rolled up yet is rolled up as it is
// read, so that a chart of hours reaches to the newest sample.
import type { DatabaseSync } from 'node:sqlite';
import { alignDown, type Bucket, widenBuckets } from '../bucket.ts';
import type { Extent, RangeMs, Step } from '../resolution.ts';
import { processValues, type SampleRow } from '../sample-row.ts';
import type { SampleSource } from '../sample-source.ts';
import { hostSeriesNumber, processSeriesNumber, type SeriesKey } from '../stored-series.ts';
import { Marks } from './marks.ts';
import { ProcessTable } from './process-table.ts';
import { RollUpTable } from './roll-up-table.ts';
import { SampleTable } from './sample-table.ts';

export class SampleStore implements SampleSource {
  readonly samples: SampleTable;
  readonly minutes: RollUpTable;
  readonly hours: RollUpTable;
  readonly processes: ProcessTable;
  readonly marks: Marks;

  constructor(database: DatabaseSync) {
    this.samples = new SampleTable(database);
    this.minutes = new RollUpTable(database, 'minute');
    this.hours = new RollUpTable(database, 'hour');
    this.processes = new ProcessTable(database);
    this.marks = new Marks(database);
  }

  /** Within a transaction of the caller's. */
  record({ atMs, host, processes }: SampleRow): void {
    const numbers = this.processes.see(processes, atMs);
    const values = processes.flatMap((row, index) => processValues(numbers[index] as number, row));
    this.samples.insert(atMs, [...host, ...values]);
    this.marks.admit(atMs);
  }

  /** To be called when a transaction was rolled back: what is remembered of it is not so. */
  reload(): void {
    this.processes.reload();
    this.marks.reload();
  }

  extent(): Extent | undefined {
    const { oldest, minutesRolledTo, samplesFrom, minutesFrom } = this.marks.times;
    if (oldest === undefined) return undefined;
    return {
      oldestMs: oldest,
      newestMs: this.samples.newest() ?? minutesRolledTo,
      samplesFromMs: samplesFrom,
      minutesFromMs: minutesFrom,
      countSamples: (range, limit) => this.samples.count(range, limit),
    };
  }

  buckets(key: SeriesKey, range: RangeMs, { resolution, widthMs }: Step): readonly Bucket[] {
    const series = this.#seriesNumber(key);
    if (series === undefined) return [];
    if (resolution === 'sample') return this.samples.values(series, range);
    const whole = {
      fromMs: alignDown(range.fromMs, widthMs),
      toMs: alignDown(range.toMs, widthMs) + widthMs - 1,
    };
    const parts = resolution === 'hour' ? this.#fromHours(series, whole) : this.#fromMinutes(series, whole);
    return widenBuckets(parts, widthMs);
  }

  #seriesNumber(key: SeriesKey): number | undefined {
    if (key.kind === 'host') return hostSeriesNumber(key.metric);
    const number = this.processes.find(key.id);
    return number === undefined ? undefined : processSeriesNumber(number, key.metric);
  }

  #fromHours(series: number, range: RangeMs): readonly Bucket[] {
    const [rolled, rest] = splitAt(range, this.marks.times.hoursRolledTo);
    return [...this.hours.inRange(series, rolled), ...this.#fromMinutes(series, rest)];
  }

  #fromMinutes(series: number, range: RangeMs): readonly Bucket[] {
    const [rolled, rest] = splitAt(range, this.marks.times.minutesRolledTo);
    return [...this.minutes.inRange(series, rolled), ...this.samples.values(series, rest)];
  }
}

/** The parts of a range before a time and from it on; either may be empty (its end before its start). */
function splitAt({ fromMs, toMs }: RangeMs, atMs: number): readonly [RangeMs, RangeMs] {
  return [
    { fromMs, toMs: Math.min(toMs, atMs - 1) },
    { fromMs: Math.max(fromMs, atMs), toMs },
  ];
}
