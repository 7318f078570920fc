// Every step from an empty file to the schema of today, in order. A step that was released is never changed: the next one is
// added at the end. The store's version (SQLite's user_version) is the number of steps it has taken.
import { samples } from './0001-samples.ts';
import { incidents } from './0002-incidents.ts';
import { settings } from './0003-settings.ts';

export const MIGRATIONS: readonly string[] = [samples, incidents, settings];
