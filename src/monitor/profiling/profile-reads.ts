// Reads the watched thread's profile as what it can be believed for.
import type { PositionResolver, ProfileReading } from '../../heap/index.ts';
import { type Profile, type ProfileBasis, present } from '../../model/index.ts';
import type { Bytes, Seconds } from '../../units/index.ts';
import type { Clock } from '../clock.ts';
import { createFramePlaces } from './frame-places.ts';
import { liveProfile } from './live-profile.ts';
import { objectCounter } from './object-count.ts';
import type { AllocationSource } from './source.ts';

/** A thread in a blocking system call answers when it returns. */
const ANSWER_SECONDS: Seconds = 10;

export type FreshProfile =
  | { readonly kind: 'profile'; readonly profile: Profile }
  | Exclude<ProfileReading, { kind: 'read' }>;

export interface ProfileReads {
  read(basis: ProfileBasis): Promise<FreshProfile>;
  total(): number;
  /** The most that the newest reading can have paused the thread. */
  lastPauseSeconds(): Seconds | undefined;
}

export interface ProfileReadsOptions {
  readonly source: AllocationSource;
  readonly positions: PositionResolver;
  readonly clock: Clock;
  readonly rssBytes: () => Bytes;
  readonly heapUsedBytes: () => Bytes | undefined;
}

export function createProfileReads({
  source,
  positions,
  clock,
  rssBytes,
  heapUsedBytes,
}: ProfileReadsOptions): ProfileReads {
  const { sampler } = source;
  const known = sampler.kind === 'foreign' ? undefined : sampler;
  const objects = objectCounter(known?.sampleBytes);
  const places = createFramePlaces(source.sites, positions);
  let total = 0;
  let lastPause: Seconds | undefined;
  return {
    async read(basis) {
      const reading = await source.reader.read(ANSWER_SECONDS);
      if (reading.kind !== 'read') return reading;
      total += 1;
      lastPause = reading.tookSeconds;
      const metadata = {
        atSeconds: clock.wallSeconds(),
        // The inspector's own sampler collects all garbage before it answers.
        basis: sampler.kind === 'inspector' ? AFTER_COLLECTION : basis,
        rssBytes: rssBytes(),
        threadName: 'main',
        ...present({
          sampleIntervalBytes: known?.sampleBytes,
          stackLimit: known?.stackDepth,
          calleesMayBeBilledToCallers: known?.inlining ?? true,
          heapUsedBytes: heapUsedBytes(),
        }),
      };
      return {
        kind: 'profile',
        profile: liveProfile(reading.document, metadata, objects, places, source.buffers?.()),
      };
    },
    total: () => total,
    lastPauseSeconds: () => lastPause,
  };
}

export const AFTER_COLLECTION: ProfileBasis = { kind: 'after-major-collection' };
export const AS_READ: ProfileBasis = { kind: 'as-read' };
