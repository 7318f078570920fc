// /proc/[pid]/cgroup: the control groups a process is in, one line per hierarchy. Source: cgroups(7).
import { join } from 'node:path';
import { ParseError, present } from '../../model/index.ts';
import { readText } from './read-text.ts';

/** Paths as the process's cgroup namespace shows them; `/..` at the start means outside of it. */
export interface PidCgroup {
  /** In the one hierarchy of version 2. */
  readonly unifiedPath?: string;
  /** In the version 1 hierarchy that has the memory controller. */
  readonly memoryPath?: string;
}

const LINE = /^(\d+):([^:]*):(\/.*)$/;

/** @throws {ParseError} where a line is not `number:controllers:path`. */
export function parsePidCgroup(text: string): PidCgroup {
  const found: { unifiedPath?: string; memoryPath?: string } = {};
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, hierarchy, controllers, path] = LINE.exec(line) ?? [];
    if (controllers === undefined || path === undefined) {
      throw new ParseError('[pid]/cgroup', `not a hierarchy: ${JSON.stringify(line.slice(0, 80))}`);
    }
    if (hierarchy === '0' && controllers === '') found.unifiedPath = path;
    if (controllers.split(',').includes('memory')) found.memoryPath = path;
  }
  return present(found);
}

/** The groups of the process that reads, as the proc file system at `procRoot` shows them. */
export function readOwnCgroup(procRoot: string): PidCgroup | undefined {
  const text = readText(join(procRoot, 'self', 'cgroup'));
  return text === undefined ? undefined : parsePidCgroup(text);
}
