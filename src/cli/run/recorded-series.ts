// A record's samples as what the judge is fed, and how fast each part grew over the run.
import { type SeriesSample, slopeOf } from '../../leak/index.ts';
import { present, type SeriesPoint } from '../../model/index.ts';
import type { RecordedSample } from '../../monitor/report/index.ts';
import type { Ratio } from '../../units/index.ts';

export function seriesOf(samples: readonly RecordedSample[]): readonly SeriesSample[] {
  // A program that serves nothing has no load to explain its memory by.
  const serves = (samples.at(-1)?.requestsTotal ?? 0) > 0;
  return samples.map((sample, index) => {
    const { atSeconds, rssBytes, heapUsedBytes, heapFloorBytes, externalBytes } = sample;
    const requestsPerSecond = serves ? requestRate(samples, index) : undefined;
    return {
      atSeconds,
      ...present({ rssBytes, heapUsedBytes, heapFloorBytes, externalBytes, requestsPerSecond }),
    };
  });
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

/** Of a run: start-up grows whatever comes later. */
const START_UP: Ratio = 0.1;

/** Bytes per second, a robust slope; null where it cannot be told. The heap's is that of its floor where collections were seen. */
export function growthRates(samples: readonly RecordedSample[]) {
  const settled = samples.slice(Math.ceil(START_UP * samples.length));
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
