// The memory cgroup the monitor's process is in: in a container, the limit that counts. A limit that is not set has no series.
import type { MemoryLimit } from '../../model/index.ts';
import type { Bytes } from '../../units/index.ts';
import { each, type Family, single } from '../family.ts';

function limitBytes(limit: MemoryLimit | undefined): Bytes | undefined {
  return limit?.kind === 'limited' ? limit.bytes : undefined;
}

export const CGROUP_FAMILIES: readonly Family[] = [
  {
    name: 'cgroup_memory_usage_bytes',
    type: 'gauge',
    origin: 'new',
    labels: {},
    help: 'Memory charged to the cgroup, page cache included.',
    series: ({ host }) => single(host?.cgroup?.usageBytes),
  },
  {
    name: 'cgroup_memory_working_set_bytes',
    type: 'gauge',
    origin: 'new',
    labels: {},
    help: 'Cgroup usage minus inactive file pages: the figure that kills when it reaches the limit.',
    series: ({ host }) => single(host?.cgroup?.workingSetBytes),
  },
  {
    name: 'cgroup_memory_limit_bytes',
    type: 'gauge',
    origin: 'new',
    labels: {},
    help: 'Least memory limit of the cgroup and its ancestors; absent when there is none.',
    series: ({ host }) => single(limitBytes(host?.cgroup?.limit)),
  },
  {
    name: 'cgroup_memory_high_bytes',
    type: 'gauge',
    origin: 'new',
    labels: {},
    help: 'Usage at which the kernel throttles the cgroup (memory.high); absent when there is none.',
    series: ({ host }) => single(limitBytes(host?.cgroup?.high)),
  },
  {
    name: 'cgroup_memory_peak_bytes',
    type: 'gauge',
    origin: 'new',
    labels: {},
    help: 'High-water mark of cgroup usage.',
    series: ({ host }) => single(host?.cgroup?.peakBytes),
  },
  {
    name: 'cgroup_memory_swap_usage_bytes',
    type: 'gauge',
    origin: 'new',
    labels: {},
    help: 'Swap charged to the cgroup.',
    series: ({ host }) => single(host?.cgroup?.swapUsageBytes),
  },
  {
    name: 'cgroup_memory_swap_limit_bytes',
    type: 'gauge',
    origin: 'new',
    labels: {},
    help: 'Least swap limit of the cgroup and its ancestors; absent when there is none.',
    series: ({ host }) => single(limitBytes(host?.cgroup?.swapLimit)),
  },
  {
    name: 'cgroup_memory_events_total',
    type: 'counter',
    origin: 'new',
    labels: { event: ['low', 'high', 'max', 'oom', 'oom_kill'] },
    help: 'Memory events of the cgroup since it was made, as in memory.events.',
    series: ({ host }) =>
      each('event', {
        low: host?.cgroup?.events?.low,
        high: host?.cgroup?.events?.high,
        max: host?.cgroup?.events?.max,
        oom: host?.cgroup?.events?.oom,
        oom_kill: host?.cgroup?.events?.oomKill,
      }),
  },
  {
    name: 'cgroup_memory_pressure_waiting_seconds_total',
    type: 'counter',
    origin: 'new',
    labels: {},
    help: 'Time in which at least one task of the cgroup waited for memory (PSI some).',
    series: ({ host }) => single(host?.cgroup?.pressure?.some?.totalSeconds),
  },
  {
    name: 'cgroup_memory_pressure_stalled_seconds_total',
    type: 'counter',
    origin: 'new',
    labels: {},
    help: 'Time in which every task of the cgroup waited for memory (PSI full).',
    series: ({ host }) => single(host?.cgroup?.pressure?.full?.totalSeconds),
  },
];
