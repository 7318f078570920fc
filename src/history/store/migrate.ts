// Brings a store to the schema of today. Each step commits with its version, so one that was killed goes on where it was.
import type { DatabaseSync } from 'node:sqlite';
import { pragmaNumber, transaction } from './connection.ts';

export type Migrated = { readonly ok: true } | { readonly ok: false; readonly version: number };

/** `ok: false` leaves a store of a later version as it is. */
export function migrate(database: DatabaseSync, migrations: readonly string[]): Migrated {
  const version = pragmaNumber(database, 'user_version');
  if (version > migrations.length) return { ok: false, version };
  for (const [index, sql] of migrations.entries())
    if (index >= version)
      transaction(database, () => database.exec(`${sql}; PRAGMA user_version = ${index + 1}`));
  // So that an older release finds the new version in the file itself, and need not look into the log.
  if (version < migrations.length) database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  return { ok: true };
}
