// Where things stand in the rewritten files of each worker thread of the application. Threads load the same files, as a rule, and the
// same files are rewritten alike: what one of them has told already is kept once. A file that has changed on disk meanwhile is
// another one in the thread that loaded it later.
import type { MovedPlaces } from './generated-text.ts';
import { createSiteTable, type LoadedFile, type SiteTable } from './site-table.ts';

export interface ThreadSites {
  add(threadId: number, file: LoadedFile): void;
  /** Undefined for a thread that has told of no file. */
  of(threadId: number): SiteTable | undefined;
  /** Forgets those that have ended. */
  keepOnly(living: readonly number[]): void;
}

/** `main`: what the main thread has loaded. */
export function createThreadSites(main: SiteTable): ThreadSites {
  const { kind } = main.report();
  const tables = new Map<number, SiteTable>();
  const tableOf = (threadId: number): SiteTable => {
    const known = tables.get(threadId) ?? createSiteTable(kind);
    tables.set(threadId, known);
    return known;
  };
  const known = (url: string, places: MovedPlaces): MovedPlaces => {
    for (const table of [main, ...tables.values()]) {
      const found = table.placesOf(url);
      if (found && areSame(found, places)) return found;
    }
    return places;
  };
  return {
    add(threadId, file) {
      const own = file.kind === 'rewritten' ? { ...file, places: known(file.url, file.places) } : file;
      tableOf(threadId).add(own);
    },
    of: (threadId) => tables.get(threadId),
    keepOnly(living) {
      for (const threadId of tables.keys()) if (!living.includes(threadId)) tables.delete(threadId);
    },
  };
}

function areSame(a: MovedPlaces, b: MovedPlaces): boolean {
  return haveSame(a.text, b.text) && haveSame(a.sites, b.sites);
}

function haveSame(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
