// Turns a profile that was read into a snapshot that is kept: mapped to its sources, described, stored. It outlives the
// sampler: as in tracemalloc, a snapshot stays when tracing stops.
import type { Settings } from '../../config/index.ts';
import { createPackageVersions, createPositionResolver, type PositionResolver } from '../../heap/index.ts';
import type { Profile, ProfileTrigger } from '../../model/index.ts';
import { joinThreads } from '../../profile/index.ts';
import type { Bytes } from '../../units/index.ts';
import type { Clock } from '../clock.ts';
import type { BufferRecord, SnapshotRecord, SourceExcerpt } from '../monitor.ts';
import type { ThreadBuffers } from '../threads/source.ts';
import { bufferProfile, type ToldBuffers } from './buffer-profile.ts';
import { describeBuffers, describeSnapshot } from './describe.ts';
import { createKeptSnapshots, type KeptSnapshots } from './kept-snapshots.ts';
import { mapProfile, type SourceKnowledge } from './mapped-profile.ts';
import type { SnapshotFolder } from './snapshot-folder.ts';
import { snapshotIds } from './snapshot-id.ts';
import { excerptAt, type SourcePlace } from './source-excerpt.ts';

export interface SnapshotKeeping {
  readonly knowledge: SourceKnowledge;
  readonly kept: KeptSnapshots;
  keep(profile: Profile, trigger: ProfileTrigger): SnapshotRecord;
  /** A kept snapshot with every site. */
  whole(id: string): SnapshotRecord | undefined;
  /** A few lines of the source at one of a kept snapshot's frames. */
  excerpt(id: string, place: SourcePlace): SourceExcerpt | undefined;
  /** Of buffers as they are now, those of worker threads with the main thread's, with the largest sites. */
  buffers(main: ToldBuffers, workers?: readonly ThreadBuffers[]): BufferRecord | undefined;
  /** Of the snapshots and the source maps: what tracing costs the monitor, roughly. */
  heldBytes(): Bytes;
}

export interface SnapshotKeepingOptions {
  readonly settings: () => Settings;
  readonly clock: Clock;
  /** Where snapshots are kept on disk; in memory only without it. */
  readonly folder?: SnapshotFolder | undefined;
}

export function createSnapshotKeeping({ settings, clock, folder }: SnapshotKeepingOptions): SnapshotKeeping {
  const knowledge = { positions: createPositionResolver(), packages: createPackageVersions() };
  const describe = (id: string, profile: Profile, top = settings().tracemallocTopN): SnapshotRecord =>
    describeSnapshot(id, profile, { top, packages: knowledge.packages });
  const kept = createKeptSnapshots(folder, (id, profile) => describe(id, profile));
  const nextId = snapshotIds();
  return {
    knowledge,
    kept,
    keep(profile, trigger) {
      const mapped = mapProfile({ ...profile, metadata: { ...profile.metadata, trigger } }, knowledge);
      const record = describe(nextId(clock.wallSeconds()), mapped);
      kept.add(record, mapped);
      return record;
    },
    whole(id) {
      const found = kept.find(id);
      return found && describe(id, found.profile, Number.POSITIVE_INFINITY);
    },
    excerpt(id, place) {
      const found = kept.find(id);
      return found && excerptAt(found.profile, place, knowledge.positions);
    },
    buffers: (main, workers = []) =>
      describeBuffers(mapProfile(buffersOfAll(main, workers, knowledge.positions), knowledge), {
        top: settings().tracemallocTopN,
        packages: knowledge.packages,
      }),
    heldBytes: () =>
      knowledge.positions.cachedBytes() +
      kept.encoded().reduce((sum, { encoded }) => sum + encoded.byteLength, 0),
  };
}

function buffersOfAll(
  main: ToldBuffers,
  workers: readonly ThreadBuffers[],
  positions: PositionResolver,
): Profile {
  const ofWorkers = workers.map(({ thread, ...told }) => ({
    thread,
    profile: bufferProfile(told, positions),
  }));
  return joinThreads(bufferProfile(main, positions), ofWorkers);
}
