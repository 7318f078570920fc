// Snapshots on disk, one file each, `<id>.json.gz`: what a person can hand to `plimsoll diff`. Ids rise with time, so the names
// sort. A file is complete or not there: it is written under another name and then renamed. A disk that fails costs the
// files; the snapshots in memory stay.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../log.ts';

export interface SnapshotFolder {
  /** The newest ones, oldest first. */
  load(max: number): readonly { readonly id: string; readonly encoded: Uint8Array }[];
  /** Keeps the newest `max` files. Answers the path, or undefined where it could not be written. */
  save(id: string, encoded: Uint8Array, max: number): string | undefined;
}

const SUFFIX = '.json.gz';
/** The sampler's tree of a large service compresses to well below a megabyte. */
const MAX_FILE_BYTES = 16 * 1024 ** 2;

export function openSnapshotFolder(path: string, log: Log): SnapshotFolder {
  const attempt = <T>(doing: string, run: () => T): T | undefined => {
    try {
      return run();
    } catch (error) {
      log('warning', `${doing} allocation snapshots failed`, { folder: path, reason: String(error) });
      return undefined;
    }
  };
  return {
    load: (max) => attempt('loading', () => loadNewest(path, max)) ?? [],
    save: (id, encoded, max) => attempt('saving', () => saveOne(path, id, encoded, max)),
  };
}

function loadNewest(path: string, max: number) {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return namesIn(path)
    .slice(-max)
    .filter((name) => statSync(join(path, name)).size <= MAX_FILE_BYTES)
    .map((name) => ({ id: name.slice(0, -SUFFIX.length), encoded: readFileSync(join(path, name)) }));
}

function saveOne(path: string, id: string, encoded: Uint8Array, max: number): string {
  const file = join(path, id + SUFFIX);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const partial = `${file}.${process.pid}.partial`;
  // Function names and paths are the application's own business.
  writeFileSync(partial, encoded, { mode: 0o600, flush: true });
  renameSync(partial, file);
  for (const name of namesIn(path).slice(0, -max)) rmSync(join(path, name), { force: true });
  return file;
}

function namesIn(path: string): string[] {
  return readdirSync(path)
    .filter((name) => name.endsWith(SUFFIX))
    .sort();
}
