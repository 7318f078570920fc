// Samples in memory: the ring of packed samples and the processes they speak of.
import { alignDown, type Bucket, widenBuckets } from './bucket.ts';
import { packSample, unpackSample } from './packed-sample.ts';
import { ProcessRegistry, type RegisteredProcess } from './process-registry.ts';
import type { Extent, RangeMs, Step } from './resolution.ts';
import { type RingBounds, SampleRing } from './sample-ring.ts';
import { type ProcessRow, processValues, type SampleRow, type SeriesValue } from './sample-row.ts';
import type { SampleSource } from './sample-source.ts';
import {
  HOST_SERIES,
  hostSeriesNumber,
  processOfSeries,
  processSeriesNumber,
  type SeriesKey,
} from './stored-series.ts';

export class MemorySamples implements SampleSource {
  readonly #ring: SampleRing;
  readonly #registry = new ProcessRegistry();
  #recorded = 0;

  constructor(bounds: RingBounds) {
    this.#ring = new SampleRing(bounds);
  }

  record(row: SampleRow): void {
    const sample = this.#recorded++;
    const processes = row.processes.flatMap((process) =>
      processValues(this.#registry.see(process, row.atMs, sample), process),
    );
    this.#ring.push({ atMs: row.atMs, bytes: packSample([...row.host, ...processes]), sample });
    this.#registry.forgetSeenBefore(this.#ring.oldest?.sample ?? 0);
  }

  extent(): Extent | undefined {
    const times = this.#ring.all().map(({ atMs }) => atMs);
    if (times.length === 0) return undefined;
    return {
      oldestMs: times.reduce((a, b) => Math.min(a, b)),
      newestMs: times.reduce((a, b) => Math.max(a, b)),
      samplesFromMs: 0,
      minutesFromMs: 0,
      countSamples: (range) => this.#ring.inRange(range).length,
    };
  }

  buckets(key: SeriesKey, range: RangeMs, { resolution, widthMs }: Step): readonly Bucket[] {
    const series = this.#seriesNumber(key);
    if (series === undefined) return [];
    if (resolution === 'sample') return this.#ring.values(series, range);
    const fromMs = alignDown(range.fromMs, widthMs);
    const toMs = alignDown(range.toMs, widthMs) + widthMs - 1;
    return widenBuckets(this.#ring.values(series, { fromMs, toMs }), widthMs);
  }

  #seriesNumber(key: SeriesKey): number | undefined {
    if (key.kind === 'host') return hostSeriesNumber(key.metric);
    const number = this.#registry.find(key.id)?.number;
    return number === undefined ? undefined : processSeriesNumber(number, key.metric);
  }

  processes(): readonly RegisteredProcess[] {
    return this.#registry.all();
  }

  /** Everything, in the order it came, to be recorded elsewhere. */
  *rows(): Generator<SampleRow> {
    for (const { atMs, bytes } of this.#ring.all()) yield this.#toRow(atMs, bytes);
  }

  #toRow(atMs: number, bytes: Uint8Array): SampleRow {
    const host: SeriesValue[] = [];
    const processes: ProcessRow[] = [];
    unpackSample(bytes, (series, value) => {
      if (series <= HOST_SERIES.last) host.push({ series, value });
      else this.#addProcessValue(processes, series, value);
    });
    return { atMs, host, processes };
  }

  /** RSS comes first and CPU, if there is one, just after it: series ascend. */
  #addProcessValue(processes: ProcessRow[], series: number, value: number): void {
    const { processNumber, metric } = processOfSeries(series);
    const known = this.#registry.byNumber(processNumber);
    if (known === undefined) return;
    if (metric === 'rss') processes.push({ ...known, rss: value, cpu: undefined });
    else processes.push({ ...(processes.pop() as ProcessRow), cpu: value });
  }
}
