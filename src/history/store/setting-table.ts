// Settings changed at run time.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { SETTING_KEYS, type SettingKey, type SettingValue } from '../../config/index.ts';
import type { SettingChanges } from '../incident-log.ts';

export class SettingTable {
  readonly #all: StatementSync;
  readonly #set: StatementSync;
  readonly #unset: StatementSync;

  constructor(database: DatabaseSync) {
    this.#all = database.prepare('SELECT key, value FROM setting');
    this.#set = database.prepare('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)');
    this.#unset = database.prepare('DELETE FROM setting WHERE key = ?');
  }

  /** Those that this release knows. */
  all(): Readonly<Partial<Record<SettingKey, SettingValue>>> {
    const kept = new Map(this.#all.all().map((row) => [String(row.key), String(row.value)]));
    return Object.fromEntries(
      SETTING_KEYS.flatMap((key) => {
        const value = kept.get(key);
        return value === undefined ? [] : [[key, JSON.parse(value) as SettingValue]];
      }),
    );
  }

  /** Within a transaction of the caller's. */
  change(changes: SettingChanges): void {
    for (const key of SETTING_KEYS)
      if (key in changes) {
        const value = changes[key];
        if (value === undefined) this.#unset.run(key);
        else this.#set.run(key, JSON.stringify(value));
      }
  }
}
