// Reads the watched thread's profile, and keeps the price in bounds: where a reading pauses the thread for long, because the
// sampler had to be started through the inspector, the next one that nobody asked for waits a hundred times as long.
import type { ProfileReading } from '../../heap/index.ts';
import { type Profile, type ProfileBasis, present } from '../../model/index.ts';
import type { Bytes, Seconds } from '../../units/index.ts';
import type { Clock } from '../clock.ts';
import { liveProfile } from './live-profile.ts';
import { objectCounter } from './object-count.ts';
import type { AllocationSource } from './source.ts';

/** A thread in a blocking system call answers when it returns. */
const ANSWER_SECONDS: Seconds = 10;

/** Readings that nobody asked for pause the thread for at most 1 % of the time. */
const REST_PER_PAUSE = 100;

export type FreshProfile =
  | { readonly kind: 'profile'; readonly profile: Profile }
  | Exclude<ProfileReading, { kind: 'read' }>;

export interface ProfileReads {
  read(basis: ProfileBasis): Promise<FreshProfile>;
  /** Whether a reading that nobody asked for may be taken. */
  isAffordable(): boolean;
  total(): number;
  /** The most that the newest reading can have paused the thread. */
  lastPauseSeconds(): Seconds | undefined;
}

export interface ProfileReadsOptions {
  readonly source: AllocationSource;
  readonly clock: Clock;
  readonly rssBytes: () => Bytes;
  readonly heapUsedBytes: () => Bytes | undefined;
}

export function createProfileReads({
  source,
  clock,
  rssBytes,
  heapUsedBytes,
}: ProfileReadsOptions): ProfileReads {
  const { sampler } = source;
  const known = sampler.kind === 'foreign' ? undefined : sampler;
  const objects = objectCounter(known?.sampleBytes);
  let total = 0;
  let lastPause: Seconds | undefined;
  let affordableFrom = clock.monotonicSeconds();
  return {
    async read(basis) {
      const reading = await source.reader.read(ANSWER_SECONDS);
      if (reading.kind !== 'read') return reading;
      total += 1;
      lastPause = reading.tookSeconds;
      affordableFrom = clock.monotonicSeconds() + REST_PER_PAUSE * lastPause;
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
      return { kind: 'profile', profile: liveProfile(reading.document, metadata, objects) };
    },
    isAffordable: () => clock.monotonicSeconds() >= affordableFrom,
    total: () => total,
    lastPauseSeconds: () => lastPause,
  };
}

export const AFTER_COLLECTION: ProfileBasis = { kind: 'after-major-collection' };
export const AS_READ: ProfileBasis = { kind: 'as-read' };
