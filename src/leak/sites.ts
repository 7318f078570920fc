// Which allocation sites grow: over successive readings of what still lives, a site's bytes must keep rising, and by more than the
// sampler's own error. V8's sampler draws bytes as a Poisson process, so an estimate of B live bytes out of samples that stand for
// I bytes each has a variance of about B × I. A reading may hold garbage that was not collected yet: less of it shows in the least
// of two neighbouring readings than in either.
import type { AllocationSite, Interval } from '../model/index.ts';
import type { Bytes, Ratio, Seconds } from '../units/index.ts';
import { mannKendall } from './mann-kendall.ts';
import { theilSen } from './theil-sen.ts';

/** One reading of the allocation profile. */
export interface SiteReading {
  readonly atSeconds: Seconds;
  /** Bytes a sample stands for. */
  readonly sampleIntervalBytes: Bytes;
  readonly sites: readonly AllocationSite[];
}

export interface GrowingSite {
  /** As in the newest reading that has it. */
  readonly site: AllocationSite;
  readonly growthBytesPerSecond: number;
  /** 95 %, the sampler's error in it. */
  readonly growthInterval: Interval;
  /** Of the growth of all sites together; 0 when they do not grow. */
  readonly share: Ratio;
  /** Steps between readings that rose, of all steps. */
  readonly rises: number;
  readonly steps: number;
}

const LEAST_READINGS = 3;
/** One-sided, of Mann and Kendall's test: four readings in rising order are just enough. */
const MOST_CHANCE = 0.05;
/** Standard errors of the sampler that the growth must exceed. */
const LEAST_ERRORS = 3;
/** What a finding or a table shows. */
export const MOST_GROWING_SITES = 20;

/** The sites that grow, the fastest first; none out of fewer than three readings. */
export function judgeSites(readings: readonly SiteReading[]): readonly GrowingSite[] {
  const ordered = readings.toSorted((a, b) => a.atSeconds - b.atSeconds);
  const total = theilSen(
    ordered.map(({ atSeconds, sites }) => ({
      atSeconds,
      value: sites.reduce((sum, site) => sum + site.liveBytes, 0),
    })),
  );
  if (ordered.length < LEAST_READINGS || total === undefined) return [];
  return [...newestSites(ordered)]
    .flatMap(([key, site]) => growthOf(ordered, key, site, total.slope) ?? [])
    .sort((a, b) => b.growthBytesPerSecond - a.growthBytesPerSecond)
    .slice(0, MOST_GROWING_SITES);
}

const keyOf = ({ functionName, file, line, column, kind }: AllocationSite) =>
  JSON.stringify([file, line, column, functionName, kind]);

function newestSites(readings: readonly SiteReading[]): Map<string, AllocationSite> {
  return new Map(readings.flatMap(({ sites }) => sites.map((site) => [keyOf(site), site] as const)));
}

function growthOf(
  readings: readonly SiteReading[],
  key: string,
  site: AllocationSite,
  totalGrowth: number,
): GrowingSite | undefined {
  const live = readings.map(({ sites }) =>
    sites.filter((other) => keyOf(other) === key).reduce((sum, { liveBytes }) => sum + liveBytes, 0),
  );
  // Two readings of the least of neighbours: the last stands alone, or growth would show a reading late.
  const kept = live.map((bytes, index) => Math.min(bytes, live[index + 1] ?? bytes));
  const points = readings.map(({ atSeconds }, index) => ({ atSeconds, value: kept[index] ?? 0 }));
  const slope = theilSen(points)?.slope;
  const span = (points.at(-1)?.atSeconds ?? 0) - (points[0]?.atSeconds ?? 0);
  if (slope === undefined || !(slope > 0)) return undefined;
  const interval = Math.max(...readings.map(({ sampleIntervalBytes }) => sampleIntervalBytes));
  const error = Math.sqrt(((kept[0] ?? 0) + (kept.at(-1) ?? 0)) * interval) / span;
  if (slope < LEAST_ERRORS * error || !keepsRising(kept)) return undefined;
  return {
    site,
    growthBytesPerSecond: slope,
    growthInterval: { low: Math.max(0, slope - 1.96 * error), high: slope + 1.96 * error },
    share: totalGrowth > 0 ? Math.min(1, slope / totalGrowth) : 0,
    rises: kept.filter((bytes, index) => index > 0 && bytes > (kept[index - 1] ?? 0)).length,
    steps: kept.length - 1,
  };
}

/** In rank, and to the end: the newest reading is above the middle one. */
function keepsRising(values: readonly number[]): boolean {
  const newest = values.at(-1) ?? 0;
  if (newest <= (values[values.length >> 1] ?? 0)) return false;
  const { s, pRising } = mannKendall(values);
  // Three readings cannot reach the level; in strict order, and far beyond the sampler's error, they are enough.
  return values.length === LEAST_READINGS ? s === LEAST_READINGS : pRising < MOST_CHANCE;
}
