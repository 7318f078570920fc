// Source maps and packages of a process whose root is another than ours, a container's: its files are read through the root
// that the kernel shows of it, and called what the process itself calls them.
import type { PackageVersions, PositionResolver } from '../../heap/index.ts';
import { sourcePath } from '../../profile/index.ts';
import type { SourceKnowledge } from '../profiling/mapped-profile.ts';

/** `root` as `/proc/4211/root`. */
export function underRoot(root: string, { positions, packages }: SourceKnowledge): SourceKnowledge {
  return { positions: positionsUnder(root, positions), packages: packagesUnder(root, packages) };
}

function positionsUnder(root: string, inner: PositionResolver): PositionResolver {
  return {
    resolve: (asked) =>
      inner
        .resolve(asked.map((position) => ({ ...position, file: outside(root, position.file) })))
        .map((position) => ({ ...position, file: inside(root, position.file) })),
    sourceText: (file) => inner.sourceText(outside(root, file)),
    cachedBytes: () => inner.cachedBytes(),
  };
}

function packagesUnder(root: string, inner: PackageVersions): PackageVersions {
  return { versionOf: (path, packageName) => inner.versionOf(outside(root, path), packageName) };
}

function outside(root: string, file: string): string {
  const path = sourcePath(file);
  return path.startsWith('/') ? root + path : file;
}

function inside(root: string, file: string): string {
  return file.startsWith(`${root}/`) ? file.slice(root.length) : file;
}
