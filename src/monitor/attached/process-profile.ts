// The allocation profile of another process: taken from outside, turned into a Profile, its positions mapped to the sources.
import { type AttachedReading, type AttachOptions, attach, STACK_DEPTH } from '../../heap/attach/index.ts';
import { createPackageVersions, createPositionResolver } from '../../heap/index.ts';
import { type ProfileMetadata, present } from '../../model/index.ts';
import { allocationSites } from '../../profile/index.ts';
import type { Bytes, Seconds } from '../../units/index.ts';
import type { ProcessProfile } from '../monitor.ts';
import { describeSite } from '../profiling/describe.ts';
import { createFramePlaces } from '../profiling/frame-places.ts';
import { liveProfile } from '../profiling/live-profile.ts';
import { mapProfile } from '../profiling/mapped-profile.ts';
import { objectCounter } from '../profiling/object-count.ts';
import { underRoot } from './other-root.ts';

export interface ProcessProfileOptions extends AttachOptions {
  readonly wallSeconds: () => Seconds;
}

/** Throws an AttachError that says what is in the way. */
export async function profileProcess(pid: number, options: ProcessProfileOptions): Promise<ProcessProfile> {
  const { document, filesRoot, ...reading } = await attach(pid, options);
  const atSeconds = options.wallSeconds();
  const interval = reading.foreignSampler ? undefined : options.sampleBytes;
  const own = { positions: createPositionResolver(), packages: createPackageVersions() };
  const knowledge = filesRoot === undefined ? own : underRoot(filesRoot, own);
  const live = liveProfile(
    document,
    metadataOf(reading, atSeconds, interval),
    objectCounter(interval),
    createFramePlaces(undefined, knowledge.positions),
  );
  const profile = mapProfile(live, knowledge);
  return {
    ...reading,
    pid,
    atSeconds,
    ...present({ sampleIntervalBytes: interval }),
    profile,
    sites: allocationSites(profile).map((site) => describeSite(site, knowledge.packages)),
    cautions: cautionsAbout(reading),
  };
}

function metadataOf(
  { heapUsedBytes, foreignSampler }: Omit<AttachedReading, 'document'>,
  atSeconds: Seconds,
  sampleIntervalBytes: Bytes | undefined,
): Omit<ProfileMetadata, 'counts'> {
  return {
    atSeconds,
    trigger: 'manual',
    // The inspector's own sampler collects all garbage before it answers; another's may not.
    basis: { kind: foreignSampler ? 'as-read' : 'after-major-collection' },
    calleesMayBeBilledToCallers: true,
    heapUsedBytes,
    ...(sampleIntervalBytes !== undefined && { sampleIntervalBytes, stackLimit: STACK_DEPTH }),
  };
}

function cautionsAbout({ foreignSampler }: Pick<AttachedReading, 'foreignSampler'>): string[] {
  return [
    foreignSampler
      ? 'another profiler samples this process: its samples were read, taken since it started, at an interval that is not ' +
        'known, garbage perhaps included'
      : 'what was allocated before the sampling is not in it',
    "V8 inlines functions: a function's allocations may stand at its caller",
    'the main thread alone was sampled, not worker threads',
  ];
}
