// Opens the store's file: first looks at it without touching it, then takes it for this process, then brings it up to date.
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { formatTime, type Seconds } from '../../units/index.ts';
import { connect, peek, storeVersion } from './connection.ts';
import { DiskHistory, type DiskOptions } from './disk-history.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { diskFaultOf, inUse, reasonOf, type StoreError, tooNew, unwritable } from './store-error.ts';

export interface OpenDiskOptions extends DiskOptions {
  readonly path: string;
}

export type DiskOpening =
  | { readonly kind: 'opened'; readonly disk: DiskHistory; readonly setAside?: SetAside }
  | { readonly kind: 'refused'; readonly error: StoreError }
  /** The disk is full, read-only or broken: it may be better later. */
  | { readonly kind: 'failing'; readonly reason: string };

/** A damaged store that made room for a new one. */
export interface SetAside {
  readonly path: string;
  readonly reason: string;
}

/**
 * A damaged store is renamed and a new one begun: watching now is worth more than waiting for someone to mend the past.
 * `damage`, where the caller has met some that opening would not.
 */
export function openDisk(options: OpenDiskOptions, nowSeconds: Seconds, damage?: string): DiskOpening {
  const opening: Attempt = damage === undefined ? tryOpen(options) : { kind: 'damaged', reason: damage };
  return opening.kind === 'damaged' ? beginAnew(options, nowSeconds, opening.reason) : opening;
}

function beginAnew(options: OpenDiskOptions, nowSeconds: Seconds, damage: string): DiskOpening {
  try {
    const setAside = { path: putAside(options.path, nowSeconds), reason: damage };
    const opening = tryOpen(options);
    if (opening.kind === 'damaged') return { kind: 'failing', reason: opening.reason };
    return opening.kind === 'opened' ? { ...opening, setAside } : opening;
  } catch (error) {
    return { kind: 'failing', reason: reasonOf(error) };
  }
}

type Attempt = DiskOpening | { readonly kind: 'damaged'; readonly reason: string };

function tryOpen(options: OpenDiskOptions): Attempt {
  const { path } = options;
  try {
    prepareFolder(path);
    const exists = existsSync(path);
    if (exists && !statSync(path).isFile())
      return { kind: 'refused', error: unwritable(path, 'it is not a file') };
    const version = exists ? versionAtSight(path) : 0;
    if (version > MIGRATIONS.length)
      return { kind: 'refused', error: tooNew(path, version, MIGRATIONS.length) };
    return take(options);
  } catch (error) {
    return attemptFor(error, path);
  }
}

function attemptFor(error: unknown, path: string): Attempt {
  switch (diskFaultOf(error)) {
    case 'in-use':
      return { kind: 'refused', error: inUse(path) };
    case 'denied':
      return { kind: 'refused', error: unwritable(path, reasonOf(error)) };
    case 'corrupt':
      return { kind: 'damaged', reason: reasonOf(error) };
    case 'full':
    case 'failing':
      return { kind: 'failing', reason: reasonOf(error) };
    case 'other':
      throw error;
  }
}

/** The folder is for its owner alone: command lines may hold what others should not read. */
function prepareFolder(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  accessSync(dirname(path), constants.R_OK | constants.W_OK | constants.X_OK);
  if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK);
}

/** 0 where looking needs what a full disk has no room for: taking the store needs less, and tells its version too. */
function versionAtSight(path: string): number {
  try {
    return peek(path, storeVersion);
  } catch (error) {
    const fault = diskFaultOf(error);
    if (fault === 'full' || fault === 'failing') return 0;
    throw error;
  }
}

function take(options: OpenDiskOptions): Attempt {
  const { path } = options;
  const database = connect(path, options);
  try {
    const migrated = migrate(database, MIGRATIONS);
    if (migrated.ok) return { kind: 'opened', disk: new DiskHistory(database, path, options) };
    database.close();
    return { kind: 'refused', error: tooNew(path, migrated.version, MIGRATIONS.length) };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Returns where it is now. The one set aside before, if any, goes: a disk that damages stores must not fill up with them. */
function putAside(path: string, nowSeconds: Seconds): string {
  const prefix = `${basename(path)}.damaged-`;
  for (const name of readdirSync(dirname(path)).filter((name) => name.startsWith(prefix)))
    rmSync(join(dirname(path), name), { force: true });
  const aside = join(dirname(path), `${prefix}${formatTime(nowSeconds).replace(/[-:]|\.\d+/g, '')}`);
  renameSync(path, aside);
  for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  return aside;
}
