// A memory control group of version 1. Source: Documentation/admin-guide/cgroup-v1/memory.rst.
import { type CgroupEvents, type CgroupMemory, type MemoryLimit, present } from '../../model/index.ts';
import type { Bytes } from '../../units/index.ts';
import type { Group } from './group.ts';
import { asLimit, least, leastLimit, UNLIMITED } from './limit.ts';
import { parseCount, parseCounters, parseLimit } from './values.ts';
import { workingSet } from './working-set.ts';

type Counters = ReadonlyMap<string, number>;

export function readVersion1({ root, path, read }: Group): CgroupMemory {
  const usageBytes = read('memory.usage_in_bytes', parseCount);
  const stat = read('memory.stat', parseCounters);
  const limit = least(
    leastLimit(root, path, 'memory.limit_in_bytes'),
    inherited(stat, 'hierarchical_memory_limit'),
  );
  const both = least(
    leastLimit(root, path, 'memory.memsw.limit_in_bytes'),
    inherited(stat, 'hierarchical_memsw_limit'),
  );
  return present({
    version: 1 as const,
    path,
    usageBytes,
    workingSetBytes: workingSet(usageBytes, withDescendants(stat, 'inactive_file')),
    limit,
    high: UNLIMITED,
    peakBytes: read('memory.max_usage_in_bytes', parseCount),
    swapUsageBytes: withDescendants(stat, 'swap'),
    swapLimit: swapLimit(limit, both),
    events: events(read('memory.oom_control', parseCounters), read('memory.failcnt', parseCount)),
  });
}

/** The usage is that of the whole subtree, so its parts have to be as well: the `total_` figures. */
function withDescendants(stat: Counters | undefined, name: string): Bytes | undefined {
  return stat?.get(`total_${name}`) ?? stat?.get(name);
}

/** memory.stat tells the limits of groups above the mounted root too, which cannot be seen otherwise. */
function inherited(stat: Counters | undefined, name: string): MemoryLimit {
  const bytes = stat?.get(name);
  return bytes === undefined ? UNLIMITED : asLimit(parseLimit('memory.stat', String(bytes)), '/');
}

/** Version 1 limits memory and swap as a sum. */
function swapLimit(memory: MemoryLimit, both: MemoryLimit): MemoryLimit {
  if (both.kind === 'unlimited') return UNLIMITED;
  const memoryBytes = memory.kind === 'limited' ? memory.bytes : 0;
  return asLimit(Math.max(0, both.bytes - memoryBytes), both.path);
}

function events(oomControl: Counters | undefined, limitHits: number | undefined): CgroupEvents | undefined {
  const oomKill = oomControl?.get('oom_kill');
  return oomKill === undefined && limitHits === undefined ? undefined : present({ max: limitHits, oomKill });
}
