// What grew before a process died: which part of its memory over the journal, and which allocation sites from the first reading
// that is known to the last profile.
import { judgeSites, type SiteGrowth, type SiteReading } from '../../leak/index.ts';
import type { Profile } from '../../model/index.ts';
import { allocationSites } from '../../profile/index.ts';
import type { Bytes, Ratio, Seconds } from '../../units/index.ts';
import type { Journal } from './journal.ts';
import type { JournalSample } from './journal-line.ts';

export interface GrownParts {
  readonly overSeconds: Seconds;
  readonly heapBytes: Bytes;
  /** Buffers above all. */
  readonly externalBytes: Bytes;
  /** What V8 does not account for; an estimate. */
  readonly nativeBytes: Bytes;
}

export function grownParts({ samples }: Pick<Journal, 'samples'>): GrownParts | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || first === last) return undefined;
  const grown = (figure: (sample: JournalSample) => Bytes): Bytes => figure(last) - figure(first);
  return {
    overSeconds: last.atSeconds - first.atSeconds,
    heapBytes: grown(({ heapTotalBytes = 0 }) => heapTotalBytes),
    externalBytes: grown(({ externalBytes = 0 }) => externalBytes),
    nativeBytes: grown(
      ({ rssBytes, heapTotalBytes = 0, externalBytes = 0 }) => rssBytes - heapTotalBytes - externalBytes,
    ),
  };
}

/** Of the last profile: the largest. */
const MAX_SITES = 200;
/** Of what lives at the end. A first reading that was taken when most of it lived already has no growth after it. */
const LEAST_GROWTH: Ratio = 0.1;

/**
 * The most grown first; with the sampler's error in mind. `last`: the profile at the limit, its positions mapped as in the
 * readings; growth in the last seconds shows in it alone.
 */
export function grownSites(
  readings: readonly SiteReading[],
  last: Profile | undefined,
): readonly SiteGrowth[] {
  const newest = last ? readingOf(last) : readings.at(-1);
  if (!newest) return [];
  const grown = judgeSites(last ? [...readings.slice(0, 1), newest] : readings);
  const live = newest.sites.reduce((sum, { liveBytes }) => sum + liveBytes, 0);
  const growth = grown.reduce((sum, { growthBytes }) => sum + growthBytes, 0);
  return growth >= LEAST_GROWTH * live ? grown : judgeSites([{ ...newest, sites: [] }, newest]);
}

function readingOf(profile: Profile): SiteReading {
  const { atSeconds = 0, sampleIntervalBytes = 0 } = profile.metadata;
  return { atSeconds, sampleIntervalBytes, sites: allocationSites(profile, MAX_SITES) };
}
