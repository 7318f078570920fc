// A memory control group of version 2. Source: Documentation/admin-guide/cgroup-v2.rst, "Memory Interface Files".
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type CgroupEvents, type CgroupMemory, present } from '../../model/index.ts';
import type { Group } from './group.ts';
import { ancestry } from './hierarchy.ts';
import { leastLimit } from './limit.ts';
import { parseCount, parseCounters } from './values.ts';
import { workingSet } from './working-set.ts';

/**
 * The nearest group from `path` up that accounts for memory: the controller may be switched off further down, and the
 * topmost group of a host has no figures at all.
 */
export function nearestWithMemory(root: string, path: string): string | undefined {
  return ancestry(path).find((group) => existsSync(join(root, group, 'memory.current')));
}

export function readVersion2({ root, path, read }: Group): CgroupMemory {
  const usageBytes = read('memory.current', parseCount);
  const stat = read('memory.stat', parseCounters);
  return present({
    version: 2 as const,
    path,
    usageBytes,
    workingSetBytes: workingSet(usageBytes, stat?.get('inactive_file')),
    limit: leastLimit(root, path, 'memory.max'),
    high: leastLimit(root, path, 'memory.high'),
    peakBytes: read('memory.peak', parseCount),
    swapUsageBytes: read('memory.swap.current', parseCount),
    swapLimit: leastLimit(root, path, 'memory.swap.max'),
    events: read('memory.events', parseEvents),
  });
}

function parseEvents(file: string, text: string): CgroupEvents {
  const counters = parseCounters(file, text);
  return present({
    low: counters.get('low'),
    high: counters.get('high'),
    max: counters.get('max'),
    oom: counters.get('oom'),
    oomKill: counters.get('oom_kill'),
  });
}
