// Watches which allocation sites grow: takes their live bytes just after a major collection, where little garbage is left, at
// most as often as the series wants them. A thread that seldom collects is read all the same, garbage included.

import type { PositionResolver } from '../../heap/index.ts';
import { judgeSites, type SiteReading } from '../../leak/index.ts';
import type { AllocationSite, Profile } from '../../model/index.ts';
import { allocationSites } from '../../profile/index.ts';
import type { Clock } from '../clock.ts';
import type { GrowingSite } from '../monitor.ts';
import { describeSite } from './describe.ts';
import type { SourceKnowledge } from './mapped-profile.ts';
import { createReadingSeries } from './reading-series.ts';

/** Of a reading: growth that matters is among the largest sites, and all readings together stay below a megabyte. */
const SITES_PER_READING = 100;

/** Without a collection for so many spacings, a reading is taken with the garbage in it. */
const PATIENCE = 5;

export interface SiteReadings {
  isDue(): boolean;
  /** No collection has come for long. */
  isOverdue(): boolean;
  add(profile: Profile): void;
  growing(): readonly GrowingSite[];
  /** Oldest first; their times are monotonic. */
  readings(): readonly SiteReading[];
}

export function createSiteReadings(
  clock: Clock,
  { positions, packages }: SourceKnowledge,
  sitesPerReading = SITES_PER_READING,
): SiteReadings {
  const series = createReadingSeries();
  const startedAt = clock.monotonicSeconds();
  let growing: readonly GrowingSite[] = [];
  const waited = (): number => clock.monotonicSeconds() - (series.readings().at(-1)?.atSeconds ?? startedAt);
  return {
    isDue: () => series.isDue(clock.monotonicSeconds()),
    isOverdue: () => waited() > PATIENCE * series.spacingSeconds(),
    add(profile) {
      const largest = allocationSites(profile, sitesPerReading);
      const sites = asWritten(largest, positions);
      const sampleIntervalBytes = profile.metadata.sampleIntervalBytes ?? 0;
      series.add({ atSeconds: clock.monotonicSeconds(), sampleIntervalBytes, sites });
      growing = judgeSites(series.readings()).map((each) => ({
        ...each,
        site: describeSite(each.site, packages),
      }));
    },
    growing: () => growing,
    readings: () => series.readings(),
  };
}

/** With the positions, their own and their callers', that they have in their sources. */
function asWritten(sites: readonly AllocationSite[], positions: PositionResolver): readonly AllocationSite[] {
  const callers = sites.flatMap(({ via }) => via ?? []);
  const places = positions.resolve([...sites, ...callers]);
  const callersPlaces = places.slice(sites.length).values();
  return sites.map(({ via, ...site }, index) => ({
    ...site,
    ...places[index],
    ...(via && { via: { ...via, ...callersPlaces.next().value } }),
  }));
}
