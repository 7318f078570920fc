// The newest snapshots: compressed in memory, and as files where there is a folder for them. A snapshot is its profile and
// what was read out of it once; everything else is decoded when somebody asks.
import type { Profile } from '../../model/index.ts';
import { readProfile, writeProfile } from '../../profile/index.ts';
import type { EncodedSnapshot, SnapshotRecord } from '../monitor.ts';
import type { SnapshotFolder } from './snapshot-folder.ts';

/** As many as the contract keeps. */
export const MAX_SNAPSHOTS = 20;

export interface KeptSnapshots {
  /** Oldest first. */
  list(): readonly SnapshotRecord[];
  add(record: SnapshotRecord, profile: Profile): void;
  /** Undefined for one that is not kept. */
  find(id: string): { readonly record: SnapshotRecord; readonly profile: Profile } | undefined;
  /** Oldest first. */
  encoded(): readonly EncodedSnapshot[];
}

interface Kept {
  readonly record: SnapshotRecord;
  readonly encoded: Uint8Array;
}

/** `describe` makes the record of a snapshot that an earlier run left in the folder. */
export function createKeptSnapshots(
  folder: SnapshotFolder | undefined,
  describe: (id: string, profile: Profile) => SnapshotRecord,
): KeptSnapshots {
  const kept: Kept[] = [];
  for (const { id, encoded } of folder?.load(MAX_SNAPSHOTS) ?? []) {
    const record = tryDescribe(id, encoded, describe);
    if (record) kept.push({ record, encoded });
  }
  return {
    list: () => kept.map(({ record }) => record),
    add(record, profile) {
      // A copy of its own: a Buffer may be a window on a larger one, and would cross to another thread with all of it.
      const encoded = new Uint8Array(writeProfile(profile, 'json', { compress: true }));
      kept.push({ record, encoded });
      while (kept.length > MAX_SNAPSHOTS) kept.shift();
      folder?.save(record.id, encoded, MAX_SNAPSHOTS);
    },
    find(id) {
      const found = kept.find(({ record }) => record.id === id);
      return found && { record: found.record, profile: readProfile(found.encoded) };
    },
    encoded: () => kept.map(({ record, encoded }) => ({ id: record.id, encoded })),
  };
}

/** A file that cannot be read is as if it had never been kept. */
function tryDescribe(
  id: string,
  encoded: Uint8Array,
  describe: (id: string, profile: Profile) => SnapshotRecord,
): SnapshotRecord | undefined {
  try {
    return describe(id, readProfile(encoded));
  } catch {
    return undefined;
  }
}
