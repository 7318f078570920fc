// Which version of a package a file belongs to, out of the package.json that lies beside it. Read when it is first asked for.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface PackageVersions {
  /** Of the package that the file is in; undefined where no package.json says it. */
  versionOf(path: string, packageName: string): string | undefined;
}

/** A service has some hundreds of packages; beyond that all are read anew. */
const MAX_KEPT = 2000;

export function createPackageVersions(): PackageVersions {
  const kept = new Map<string, string | undefined>();
  return {
    versionOf(path, packageName) {
      const folder = folderOf(path, packageName);
      if (folder === undefined) return undefined;
      if (!kept.has(folder)) {
        if (kept.size >= MAX_KEPT) kept.clear();
        kept.set(folder, readVersion(folder));
      }
      return kept.get(folder);
    },
  };
}

function folderOf(path: string, packageName: string): string | undefined {
  const plain = path.startsWith('file://') ? fileURLToPath(path) : path;
  const folder = `/node_modules/${packageName}/`;
  const at = plain.lastIndexOf(folder);
  return at < 0 ? undefined : plain.slice(0, at + folder.length);
}

function readVersion(folder: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as { version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}
