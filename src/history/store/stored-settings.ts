// The settings changed at run time, as the next start would find them. For whoever wants to look without taking the store.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { History } from '../history.ts';
import { peek, storeVersion } from './connection.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { STORE_FILE_NAME } from './open-store.ts';
import { SettingTable } from './setting-table.ts';
import { diskFaultOf, inUse, reasonOf, tooNew, unwritable } from './store-error.ts';

/** Nothing where there is no store yet. Throws a StoreError: a monitor has it open, it is of a newer release, unreadable. */
export function readStoredSettings(dataDir: string): ReturnType<History['settings']> {
  const path = join(dataDir, STORE_FILE_NAME);
  if (!existsSync(path)) return {};
  try {
    return peek(path, (database) => {
      const version = storeVersion(database);
      if (version > MIGRATIONS.length) throw tooNew(path, version, MIGRATIONS.length);
      return version === 0 ? {} : new SettingTable(database).all();
    });
  } catch (error) {
    switch (diskFaultOf(error)) {
      case 'in-use':
        throw inUse(path);
      case 'corrupt':
      case 'denied':
      case 'full':
      case 'failing':
        throw unwritable(path, reasonOf(error));
      case 'other':
        throw error;
    }
  }
}
