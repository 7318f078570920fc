// What grew before a process died: which part of its memory over the journal, and which allocation sites from the first reading
// that is known to the last profile.
import type { SiteReading } from '../../leak/index.ts';
import type { Profile } from '../../model/index.ts';
import { allocationSites } from '../../profile/index.ts';
import type { Bytes, Seconds } from '../../units/index.ts';
import { growingSites, type SiteGrowth } from '../profiling/growth.ts';
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

/** What a list shows. */
const MAX_SITES = 200;

/** `last`: the profile at the limit, positions mapped as in the readings; only then is sudden growth seen. */
export function grownSites(
  readings: readonly SiteReading[],
  last: Profile | undefined,
): readonly SiteGrowth[] {
  if (!last) return readings.length > 1 ? growingSites(readings) : [];
  const sampleIntervalBytes = last.metadata.sampleIntervalBytes ?? 0;
  const atSeconds = readings.at(-1)?.atSeconds ?? 0;
  const newest: SiteReading = { atSeconds, sampleIntervalBytes, sites: allocationSites(last, MAX_SITES) };
  // A process that died before its first reading had allocated nothing then.
  const oldest = readings[0] ?? { atSeconds: 0, sampleIntervalBytes, sites: [] };
  return growingSites([oldest, newest]);
}
