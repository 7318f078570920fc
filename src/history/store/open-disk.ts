// Opens the store's file: first looks at it without touching it, then takes it for this process, then brings it up to date.
import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatTime, type Seconds } from '../../units/index.ts';
import { connect, loadSqlite, pragmaNumber } from './connection.ts';
import { DiskHistory, type DiskOptions } from './disk-history.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { diskFaultOf, reasonOf, StoreError } from './store-error.ts';

export interface OpenDiskOptions extends DiskOptions {
  readonly path: string;
  readonly maxLogBytes: number;
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

/** A damaged store is renamed and a new one begun: watching now is worth more than waiting for someone to mend the past. */
export function openDisk(options: OpenDiskOptions, nowSeconds: Seconds): DiskOpening {
  const opening = tryOpen(options);
  if (opening.kind !== 'damaged') return opening;
  try {
    const setAside = { path: putAside(options.path, nowSeconds), reason: opening.reason };
    const again = tryOpen(options);
    if (again.kind === 'damaged') return { kind: 'failing', reason: again.reason };
    return again.kind === 'opened' ? { ...again, setAside } : again;
  } catch (error) {
    return { kind: 'failing', reason: reasonOf(error) };
  }
}

type Attempt =
  | Exclude<DiskOpening, { kind: 'damaged' }>
  | { readonly kind: 'damaged'; readonly reason: string };

function tryOpen(options: OpenDiskOptions): Attempt {
  const { path } = options;
  try {
    prepareFolder(path);
    const version = existsSync(path) ? peekVersion(path) : 0;
    if (version > MIGRATIONS.length) return { kind: 'refused', error: tooNew(path, version) };
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

/**
 * The store's version, read without changing a byte of it. Through SQLite rather than by reading the header: closing the file
 * would drop the locks that another monitor of this process holds on it (POSIX locks belong to the process). Without a log
 * beside it nobody has it open and nothing is newer than the file, which is what `immutable` promises SQLite.
 */
function peekVersion(path: string): number {
  const { DatabaseSync } = loadSqlite();
  const url = pathToFileURL(path);
  if (!existsSync(`${path}-wal`)) url.searchParams.set('immutable', '1');
  const database = new DatabaseSync(url, { readOnly: true });
  try {
    return pragmaNumber(database, 'user_version');
  } finally {
    database.close();
  }
}

function take(options: OpenDiskOptions): Attempt {
  const { path } = options;
  const database = connect(path, options);
  try {
    const migrated = migrate(database, MIGRATIONS);
    if (migrated.ok) return { kind: 'opened', disk: new DiskHistory(database, path, options) };
    database.close();
    return { kind: 'refused', error: tooNew(path, migrated.version) };
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
  const aside = join(dirname(path), `${prefix}${formatTime(nowSeconds).replace(/[:.]/g, '')}`);
  renameSync(path, aside);
  for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  return aside;
}

function tooNew(path: string, version: number): StoreError {
  return new StoreError(
    'STORE_TOO_NEW',
    path,
    `${path} was written by a newer release (its schema is ${version}, this release knows ${MIGRATIONS.length})`,
    'run that release, or give this one another data directory',
  );
}

function inUse(path: string): StoreError {
  return new StoreError(
    'STORE_IN_USE',
    path,
    `${path} is in use by another monitor`,
    'stop that one, or give this one another data directory',
  );
}

function unwritable(path: string, reason: string): StoreError {
  return new StoreError(
    'STORE_UNWRITABLE',
    path,
    `${path} cannot be used: ${reason}`,
    'give the monitor a data directory that it may read and write',
  );
}
