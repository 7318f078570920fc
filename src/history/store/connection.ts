// One connection to the store's file, set up for a single process that writes a little every few seconds and may be killed.
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { Bytes } from '../../units/index.ts';

/** A restarted agent may find its predecessor still closing. */
const BUSY_TIMEOUT_MS = 2000;
export const PAGE_BYTES = 4096;

/** Loaded on first use: a service without a store neither pays for SQLite nor sees Node 22's warning about it. */
export function loadSqlite(): typeof import('node:sqlite') {
  return process.getBuiltinModule('node:sqlite');
}

/**
 * Takes the store for itself until `close()`; throws when another process has it. `maxLogBytes`: of the write-ahead log, past
 * which it is folded back into the file.
 */
export function connect(path: string, { maxLogBytes }: { readonly maxLogBytes: Bytes }): DatabaseSync {
  const { DatabaseSync } = loadSqlite();
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    setUp(database, maxLogBytes);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

// locking_mode comes first: the log then needs no shared-memory file, and a killed owner's lock goes with it. auto_vacuum
// has to be set before the first table, and only then: setting it writes, and a store on a full disk must stay readable.
// synchronous=NORMAL: a commit is in the kernel when it returns, so it outlives the process however that dies; only a loss
// of power may cost the newest commits, never the file's integrity.
function setUp(database: DatabaseSync, maxLogBytes: number): void {
  database.exec('PRAGMA locking_mode = EXCLUSIVE');
  if (pragmaNumber(database, 'page_count') === 0) database.exec('PRAGMA auto_vacuum = INCREMENTAL');
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = NORMAL');
  database.exec('PRAGMA temp_store = MEMORY');
  database.exec(`PRAGMA wal_autocheckpoint = ${Math.max(16, Math.floor(maxLogBytes / PAGE_BYTES))}`);
  database.exec(`PRAGMA journal_size_limit = ${maxLogBytes}`);
  transaction(database, () => undefined);
}

/**
 * Looks into a store without changing a byte of it. Through SQLite rather than by reading the header: closing the file would
 * drop the locks that another monitor of this process holds on it (POSIX locks belong to the process). Without a log beside
 * it nobody has it open and nothing is newer than the file, which is what `immutable` promises SQLite.
 */
export function peek<T>(path: string, look: (database: DatabaseSync) => T): T {
  const { DatabaseSync } = loadSqlite();
  const url = pathToFileURL(path);
  if (!existsSync(`${path}-wal`)) url.searchParams.set('immutable', '1');
  const database = new DatabaseSync(url, { readOnly: true });
  try {
    return look(database);
  } finally {
    database.close();
  }
}

/** 0 in a file without tables. */
export function storeVersion(database: DatabaseSync): number {
  return pragmaNumber(database, 'user_version');
}

/** All of `work` or nothing. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** SQLite has already rolled back by itself after some errors (a full disk), and may fail to after others. */
function rollBack(database: DatabaseSync): void {
  try {
    if (database.isTransaction) database.exec('ROLLBACK');
  } catch {
    // The error that led here tells more.
  }
}

/** The first column of the only row. */
export function pragmaNumber(database: DatabaseSync, name: string): number {
  const row = database.prepare(`PRAGMA ${name}`).get();
  return Number(Object.values(row ?? {})[0] ?? 0);
}
