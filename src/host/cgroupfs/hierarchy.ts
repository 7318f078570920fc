// Where the memory controller's groups are mounted, and which of them is meant by a path out of /proc/[pid]/cgroup.
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { readText } from './read-text.ts';

export interface Hierarchy {
  readonly version: 1 | 2;
  /** The folder of its topmost group that can be seen. */
  readonly root: string;
}

/** A process's group paths, as its cgroup namespace shows them. */
export interface GroupPaths {
  readonly unifiedPath?: string;
  readonly memoryPath?: string;
}

/**
 * The hierarchy with the memory controller: version 2 alone, version 1, or the two side by side ("hybrid", the controller
 * mostly in version 1 and version 2 mounted at `unified`). Undefined where there is none.
 */
export function findHierarchy(cgroupRoot: string): Hierarchy | undefined {
  const version1 = join(cgroupRoot, 'memory');
  const unified = join(cgroupRoot, 'unified');
  if (existsSync(join(cgroupRoot, 'cgroup.controllers'))) return { version: 2, root: cgroupRoot };
  if (existsSync(join(version1, 'memory.usage_in_bytes'))) return { version: 1, root: version1 };
  const controllers = readText(join(unified, 'cgroup.controllers'))?.trim().split(' ') ?? [];
  return controllers.includes('memory') ? { version: 2, root: unified } : undefined;
}

/**
 * The group's path below the hierarchy's root, `/` for the root itself. In a container the path may be one of the host's,
 * or lead out of the namespace (`/../..`): what is mounted at the root then is the container's own group.
 */
export function groupPath(hierarchy: Hierarchy, paths: GroupPaths): string {
  const path = (hierarchy.version === 2 ? paths.unifiedPath : paths.memoryPath) ?? '/';
  const visible = !path.split('/').includes('..') && existsSync(join(hierarchy.root, path));
  return visible ? posix.join('/', path).replace(/(.)\/$/, '$1') : '/';
}

/** The path and all above it, up to the root: `/a/b`, `/a`, `/`. */
export function ancestry(path: string): readonly string[] {
  return path === '/' ? ['/'] : [path, ...ancestry(posix.dirname(path))];
}
