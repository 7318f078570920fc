// The memory control group that a process is in, whichever version the host has.
import type { CgroupMemory } from '../../model/index.ts';
import { openGroup } from './group.ts';
import { findHierarchy, type GroupPaths, groupPath, type Hierarchy } from './hierarchy.ts';
import { readVersion1 } from './version1.ts';
import { nearestWithMemory, readVersion2 } from './version2.ts';

/** A group's memory, and the folder it was read from. */
export interface CgroupReading {
  readonly memory: CgroupMemory;
  readonly directory: string;
}

/**
 * Undefined where no group accounts for the process's memory. A figure that makes no sense is absent and `note`d.
 * @throws {ParseError} where a limit makes no sense: without it "no limit" would be a guess.
 */
export function readCgroupMemory(
  cgroupRoot: string,
  paths: GroupPaths,
  note: (problem: string) => void,
): CgroupReading | undefined {
  const hierarchy = findHierarchy(cgroupRoot);
  const path = hierarchy && accountedPath(hierarchy, groupPath(hierarchy, paths));
  if (!hierarchy || path === undefined) return undefined;
  const group = openGroup(hierarchy.root, path, note);
  const memory = hierarchy.version === 2 ? readVersion2(group) : readVersion1(group);
  return { memory, directory: `${hierarchy.root}${path}` };
}

function accountedPath(hierarchy: Hierarchy, path: string): string | undefined {
  return hierarchy.version === 2 ? nearestWithMemory(hierarchy.root, path) : path;
}
