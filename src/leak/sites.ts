// Which allocation sites grow: over successive readings of what still lives, a site's bytes must rise in rank, and by more than the
// sampler's own error; in how many steps they rose tells a leak from what came at once and stayed. Every reading holds some garbage that was not collected yet, so a site's figure at either end is the least of a few
// neighbouring readings, and it has grown where even that is above all it was at first. V8's sampler draws bytes as a Poisson process:
// an estimate of B live bytes out of samples that stand for I bytes each has a variance of about B × I.
import type { AllocationSite, Interval } from '../model/index.ts';
import type { Bytes, Ratio, Seconds } from '../units/index.ts';
import { mannKendall } from './mann-kendall.ts';
import { Z_95 } from './normal.ts';
import { theilSen } from './theil-sen.ts';

/** One reading of the allocation profile. */
export interface SiteReading {
  readonly atSeconds: Seconds;
  /** Bytes a sample stands for. */
  readonly sampleIntervalBytes: Bytes;
  readonly sites: readonly AllocationSite[];
}

export interface SiteGrowth {
  /** As in the one of the newest readings that has least of it. */
  readonly site: AllocationSite;
  readonly growthBytes: Bytes;
  /** Absent where all readings are of one moment. */
  readonly growthBytesPerSecond?: number;
  /** 95 %, the sampler's error in it. */
  readonly growthInterval?: Interval;
  /** Of the growth of all sites together, or of those that grew where the others shrank. */
  readonly share: Ratio;
  /** Steps between readings that rose, of all steps. */
  readonly rises: number;
  readonly steps: number;
}

const LEAST_READINGS = 2;
/** Fewer have no rank to speak of: two ends that do not overlap must do. */
const LEAST_RANKED = 8;
/** One-sided, of Mann and Kendall's test. */
const MOST_CHANCE = 0.05;
/** Standard errors of the sampler that the growth must exceed. */
const LEAST_ERRORS = 3;
/** What a finding or a table shows. */
export const MOST_GROWING_SITES = 20;

/** The sites that grow, the most grown first; none out of fewer than two readings. `readings` are in the order of time. */
export function judgeSites(readings: readonly SiteReading[]): readonly SiteGrowth[] {
  if (readings.length < LEAST_READINGS) return [];
  const grown = seriesOf(readings)
    .flatMap((series) => growthOf(readings, series) ?? [])
    .sort((a, b) => b.growthBytes - a.growthBytes);
  const ofGrown = grown.reduce((sum, { growthBytes }) => sum + growthBytes, 0);
  const total = Math.max(ofGrown, growthOfAll(readings));
  return grown.slice(0, MOST_GROWING_SITES).map((each) => ({ ...each, share: each.growthBytes / total }));
}

/** One site over all readings; undefined in those that do not have it. */
type SiteSeries = readonly (AllocationSite | undefined)[];

/** Of every site that each of the newest readings has: what lacks one of them has let go of it. */
function seriesOf(readings: readonly SiteReading[]): SiteSeries[] {
  const byKey = readings.map(({ sites }) => new Map(sites.map((site) => [keyOf(site), site])));
  const newest = byKey.slice(-widthOfEnds(readings.length));
  return [...(newest[0]?.keys() ?? [])]
    .filter((key) => newest.every((sites) => sites.has(key)))
    .map((key) => byKey.map((sites) => sites.get(key)));
}

const keyOf = ({ functionName, file, line, column, kind }: AllocationSite) =>
  `${kind ?? 'heap'}:${line}:${column}:${functionName}:${file}`;

/** Readings that an end is made of. */
function widthOfEnds(readings: number): number {
  if (readings < 4) return 1;
  return readings < 12 ? 2 : 4;
}

const leastOf = (values: readonly number[]): number => Math.min(...values);

function growthOf(
  readings: readonly SiteReading[],
  series: SiteSeries,
): Omit<SiteGrowth, 'share'> | undefined {
  const width = widthOfEnds(series.length);
  const live = series.map((site) => site?.liveBytes ?? 0);
  const atFirst = live.slice(0, width);
  const atLast = leastOf(live.slice(-width));
  const growthBytes = atLast - leastOf(atFirst);
  const interval = readings.at(-1)?.sampleIntervalBytes ?? 0;
  const beyondErrors = growthBytes > LEAST_ERRORS * Math.sqrt(atLast * interval);
  if (atLast <= Math.max(...atFirst) || !beyondErrors) return undefined;
  const kept = live.map((bytes, index) => Math.min(bytes, live[index + 1] ?? bytes));
  const site = series.slice(-width).find((each) => each?.liveBytes === atLast);
  if (site === undefined || !risesInRank(kept)) return undefined;
  return { site, growthBytes, ...rateOf(readings, kept, interval), ...risesOf(kept) };
}

function risesInRank(values: readonly number[]): boolean {
  return values.length < LEAST_RANKED || mannKendall(values).pRising < MOST_CHANCE;
}

function risesOf(values: readonly number[]): { rises: number; steps: number } {
  const rises = values.filter((value, index) => index > 0 && value > (values[index - 1] ?? 0)).length;
  return { rises, steps: values.length - 1 };
}

function rateOf(readings: readonly SiteReading[], kept: readonly Bytes[], interval: Bytes) {
  const points = readings.map(({ atSeconds }, index) => ({ atSeconds, value: kept[index] ?? 0 }));
  const slope = theilSen(points)?.slope;
  if (slope === undefined) return {};
  const span = (points.at(-1)?.atSeconds ?? 0) - (points[0]?.atSeconds ?? 0);
  const error = Math.sqrt(((kept[0] ?? 0) + (kept.at(-1) ?? 0)) * interval) / span;
  return {
    growthBytesPerSecond: slope,
    growthInterval: { low: Math.max(0, slope - Z_95 * error), high: slope + Z_95 * error },
  };
}

/** Of all that the readings hold, at its ends as a site is. */
function growthOfAll(readings: readonly SiteReading[]): Bytes {
  const width = widthOfEnds(readings.length);
  const live = readings.map(({ sites }) => sites.reduce((sum, { liveBytes }) => sum + liveBytes, 0));
  return leastOf(live.slice(-width)) - leastOf(live.slice(0, width));
}
