// A record's samples as what the judge is fed, and how fast each part grew over the run.
import { type SeriesSample, slopeOf } from '../../leak/index.ts';
import { present, type SeriesPoint } from '../../model/index.ts';
import type { RecordedSample } from '../../monitor/report/index.ts';
import { type Bytes, MIB, type Ratio } from '../../units/index.ts';

/**
 * What the judge is fed; `raw`: as it was sampled. Where V8 accounts for a part of the memory, the rest is only judged when it grew
 * by more than that of healthy programs does.
 */
export function seriesOf(samples: readonly RecordedSample[], { raw = false } = {}): readonly SeriesSample[] {
  // A program that serves nothing has no load to explain its memory by.
  const serves = (samples.at(-1)?.requestsTotal ?? 0) > 0;
  const rssTells = raw || nativeGrowth(samples) > LEAST_NATIVE_GROWTH;
  return samples.map((sample, index) => {
    const { atSeconds, heapUsedBytes, heapTotalBytes, externalBytes } = sample;
    const heapFloorBytes = raw ? sample.heapFloorBytes : leastFloor(samples, index);
    const rssBytes = rssTells || heapUsedBytes === undefined ? sample.rssBytes : undefined;
    const requestsPerSecond = serves ? requestRate(samples, index) : undefined;
    return {
      atSeconds,
      ...present({
        rssBytes,
        heapUsedBytes,
        heapTotalBytes,
        heapFloorBytes,
        externalBytes,
        requestsPerSecond,
      }),
    };
  });
}

/** A collection in the middle of work leaves that work too: what stays shows between, two seconds before or after. */
const FLOOR_REACH = 4;

function leastFloor(samples: readonly RecordedSample[], index: number): Bytes | undefined {
  const near = samples.slice(Math.max(0, index - FLOOR_REACH), index + FLOOR_REACH + 1);
  const floors = near.flatMap(({ heapFloorBytes }) => heapFloorBytes ?? []);
  return floors.length > 0 ? Math.min(...floors) : undefined;
}

/** RSS of a healthy service gains up to 25 MB in its first minutes while its heap is flat: code, stacks, arenas, the monitor. */
const LEAST_NATIVE_GROWTH: Bytes = 32 * MIB;
const ENDS: Ratio = 0.2;

/** What V8 does not account for: its mean in the last fifth over that in the first. */
function nativeGrowth(samples: readonly RecordedSample[]): Bytes {
  const native = withoutStart(samples).map(
    ({ rssBytes, heapTotalBytes = 0, externalBytes = 0 }) => rssBytes - heapTotalBytes - externalBytes,
  );
  const count = Math.ceil(ENDS * native.length);
  const mean = (values: readonly Bytes[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return count === 0 ? 0 : mean(native.slice(-count)) - mean(native.slice(0, count));
}

/** The count arrives once a second: over fewer samples it would jump. */
const RATE_OVER_SAMPLES = 4;

function requestRate(samples: readonly RecordedSample[], index: number): number {
  const before = samples[Math.max(0, index - RATE_OVER_SAMPLES)];
  const now = samples[index];
  const seconds = (now?.atSeconds ?? 0) - (before?.atSeconds ?? 0);
  const requests = (now?.requestsTotal ?? 0) - (before?.requestsTotal ?? 0);
  return seconds > 0 ? Math.max(0, requests) / seconds : 0;
}

/** Bytes per second, a robust slope; null where it cannot be told. The heap's is that of its floor where collections were seen. */
export function growthRates(samples: readonly RecordedSample[]) {
  const settled = withoutStart(
    samples.map((sample, index) => ({
      ...sample,
      ...present({ heapFloorBytes: leastFloor(samples, index) }),
    })),
  );
  const floors = settled.filter(
    ({ heapFloorBytes }, index) =>
      heapFloorBytes !== undefined && heapFloorBytes !== settled[index - 1]?.heapFloorBytes,
  );
  const slope = (of: readonly RecordedSample[], figure: keyof RecordedSample): number | null =>
    slopeOf(points(of, figure))?.slope ?? null;
  return {
    rss: slope(settled, 'rssBytes'),
    heap: slope(floors, 'heapFloorBytes') ?? slope(settled, 'heapUsedBytes'),
    external: slope(settled, 'externalBytes'),
  };
}

const points = (samples: readonly RecordedSample[], figure: keyof RecordedSample): SeriesPoint[] =>
  samples.flatMap((sample) => {
    const value = sample[figure];
    return value === undefined ? [] : [{ atSeconds: sample.atSeconds, value }];
  });

/** Of a run: start-up grows whatever comes later. */
const START_UP: Ratio = 0.1;

const withoutStart = (samples: readonly RecordedSample[]) =>
  samples.slice(Math.ceil(START_UP * samples.length));

const CSV_COLUMNS = {
  t: 'atSeconds',
  heap_used_after_gc: 'heapFloorBytes',
  heap_used: 'heapUsedBytes',
  heap_total: 'heapTotalBytes',
  rss: 'rssBytes',
  external: 'externalBytes',
  requests_per_second: 'requestsPerSecond',
} as const;

/** As `plimsoll judge` reads it; columns that nothing is known of are left out. */
export function seriesCsv(samples: readonly RecordedSample[]): string {
  const rows = seriesOf(samples, { raw: true });
  const known = Object.entries(CSV_COLUMNS).filter(
    ([name, field]) => name === 't' || rows.some((row) => field in row),
  );
  const lines = rows.map((row) => known.map(([, field]) => row[field] ?? '').join());
  return `${[known.map(([name]) => name).join(), ...lines].join('\n')}\n`;
}
