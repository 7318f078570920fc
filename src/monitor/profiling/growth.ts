// Which allocation sites grew over the readings so far. A site's first and last figures are each the least of two neighbouring
// readings: what one of them holds in garbage, the other seldom does too.
import type { SiteReading } from '../../leak/index.ts';
import type { AllocationSite } from '../../model/index.ts';
import type { Bytes, Ratio } from '../../units/index.ts';

/** What a list shows. */
const MAX_SITES = 20;
/** Standard errors of the sampler that growth must exceed. */
const LEAST_ERRORS = 3;

export interface SiteGrowth {
  readonly site: AllocationSite;
  readonly growthBytes: Bytes;
  /** Of the growth of all sites that grew. */
  readonly share: Ratio;
}

/** The most grown first; none out of fewer than two readings. */
export function growingSites(readings: readonly SiteReading[]): readonly SiteGrowth[] {
  if (readings.length < 2) return [];
  const wide = readings.length >= 4 ? 2 : 1;
  const [first, last] = [ends(readings.slice(0, wide)), ends(readings.slice(-wide))];
  const interval = readings.at(-1)?.sampleIntervalBytes ?? 0;
  const grown = [...last.values()]
    .map((site) => ({ site, growthBytes: site.liveBytes - (first.get(keyOf(site))?.liveBytes ?? 0) }))
    .filter(({ site, growthBytes }) => growthBytes > LEAST_ERRORS * error(site.liveBytes, interval))
    .sort((a, b) => b.growthBytes - a.growthBytes);
  const total = grown.reduce((sum, { growthBytes }) => sum + growthBytes, 0);
  return grown.slice(0, MAX_SITES).map((each) => ({ ...each, share: each.growthBytes / total }));
}

/** By key, with the least figure of the readings; a site that one of them lacks is not in it. */
function ends(readings: readonly SiteReading[]): Map<string, AllocationSite> {
  const [older, newer] = readings;
  const newest = byKey(newer ?? older);
  if (!older || !newer) return newest;
  const before = byKey(older);
  return new Map(
    [...newest].flatMap(([key, site]) => {
      const other = before.get(key);
      return other ? [[key, other.liveBytes < site.liveBytes ? other : site] as const] : [];
    }),
  );
}

function byKey(reading: SiteReading | undefined): Map<string, AllocationSite> {
  return new Map(reading?.sites.map((site) => [keyOf(site), site]));
}

function keyOf({ functionName, file, line, column, kind }: AllocationSite): string {
  return `${kind ?? 'heap'}:${line}:${column}:${functionName}:${file}`;
}

/** Of an estimate of so many bytes: the sampler draws bytes as a Poisson process. */
function error(liveBytes: Bytes, interval: Bytes): Bytes {
  return Math.sqrt(liveBytes * interval);
}
