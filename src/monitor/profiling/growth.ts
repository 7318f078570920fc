// Which allocation sites grew over the readings so far. Every reading holds some garbage: a site's figure at either end is the least
// of a few neighbouring readings, and it has grown where even that is above all it was at first.
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
  const width = widthOfEnds(readings.length);
  const first = rangesOf(readings.slice(0, width));
  const interval = readings.at(-1)?.sampleIntervalBytes ?? 0;
  const grown = [...rangesOf(readings.slice(-width))]
    .map(([key, { least }]) => ({ site: least, before: first.get(key) ?? ABSENT }))
    .filter(({ site, before }) => site.liveBytes > before.mostBytes)
    .map(({ site, before }) => ({ site, growthBytes: site.liveBytes - before.leastBytes }))
    .filter(({ site, growthBytes }) => growthBytes > LEAST_ERRORS * error(site.liveBytes, interval))
    .sort((a, b) => b.growthBytes - a.growthBytes);
  const total = grown.reduce((sum, { growthBytes }) => sum + growthBytes, 0);
  return grown.slice(0, MAX_SITES).map((each) => ({ ...each, share: each.growthBytes / total }));
}

/** Readings that an end is made of. */
function widthOfEnds(readings: number): number {
  if (readings < 4) return 1;
  return readings < 12 ? 2 : 4;
}

interface Range {
  readonly leastBytes: Bytes;
  readonly mostBytes: Bytes;
}

const ABSENT: Range = { leastBytes: 0, mostBytes: 0 };

/** Of every site that each of the readings has. */
function rangesOf(readings: readonly SiteReading[]): Map<string, Range & { readonly least: AllocationSite }> {
  const [one, ...others] = readings.map(byKey);
  return new Map(
    [...(one ?? [])].flatMap(([key, site]) => {
      const found = [site, ...others.flatMap((other) => other.get(key) ?? [])];
      if (found.length <= others.length) return [];
      const least = found.reduce((a, b) => (b.liveBytes < a.liveBytes ? b : a));
      const mostBytes = Math.max(...found.map(({ liveBytes }) => liveBytes));
      return [[key, { least, leastBytes: least.liveBytes, mostBytes }] as const];
    }),
  );
}

function byKey(reading: SiteReading): Map<string, AllocationSite> {
  return new Map(reading.sites.map((site) => [keyOf(site), site]));
}

function keyOf({ functionName, file, line, column, kind }: AllocationSite): string {
  return `${kind ?? 'heap'}:${line}:${column}:${functionName}:${file}`;
}

/** Of an estimate of so many bytes: the sampler draws bytes as a Poisson process. */
function error(liveBytes: Bytes, interval: Bytes): Bytes {
  return Math.sqrt(liveBytes * interval);
}
