// The host's memory, swap and paging: the seed's two families, and the kernel's counters under node_exporter's conventions.
import { each, type Family, single } from '../family.ts';

const MEMORY_TYPES =
  'used, available, total, free, active, inactive, buffers, cached, shared, slab, swap_used, swap_total, swap_free';

export const HOST_FAMILIES: readonly Family[] = [
  {
    name: 'memory_usage_bytes',
    type: 'gauge',
    origin: 'seed',
    labels: { type: MEMORY_TYPES },
    help: 'Memory and swap of the host by type; used is total minus available.',
    series: ({ host }) =>
      each('type', {
        used: host?.memory?.usedBytes,
        available: host?.memory?.availableBytes,
        total: host?.memory?.totalBytes,
        free: host?.memory?.freeBytes,
        active: host?.memory?.activeBytes,
        inactive: host?.memory?.inactiveBytes,
        buffers: host?.memory?.buffersBytes,
        cached: host?.memory?.cachedBytes,
        shared: host?.memory?.sharedBytes,
        slab: host?.memory?.slabBytes,
        swap_used: host?.swap?.usedBytes,
        swap_total: host?.swap?.totalBytes,
        swap_free: host?.swap?.freeBytes,
      }),
  },
  {
    name: 'memory_usage_percent',
    type: 'gauge',
    origin: 'seed',
    labels: { type: 'virtual, swap' },
    help: 'Share of memory that is not available, and share of swap in use, 0 to 100.',
    series: ({ host }) => each('type', { virtual: host?.memory?.percent, swap: host?.swap?.percent }),
  },
  {
    name: 'metric_trend',
    type: 'gauge',
    origin: 'seed',
    labels: { metric: 'memory' },
    help: 'Slope of memory_usage_percent of type virtual, in percentage points per hour.',
    series: ({ memoryTrendPerHour }) => each('metric', { memory: memoryTrendPerHour }),
  },
  {
    name: 'memory_pressure_waiting_seconds_total',
    type: 'counter',
    origin: 'new',
    labels: {},
    help: 'Time in which at least one task waited for memory (PSI some), since boot.',
    series: ({ host }) => single(host?.pressure?.some?.totalSeconds),
  },
  {
    name: 'memory_pressure_stalled_seconds_total',
    type: 'counter',
    origin: 'new',
    labels: {},
    help: 'Time in which every task waited for memory (PSI full), since boot.',
    series: ({ host }) => single(host?.pressure?.full?.totalSeconds),
  },
  {
    name: 'memory_swap_in_bytes_total',
    type: 'counter',
    origin: 'new',
    labels: {},
    help: 'Read back from swap since boot.',
    series: ({ host }) => single(host?.paging?.swappedInBytes ?? host?.swap?.swappedInBytes),
  },
  {
    name: 'memory_swap_out_bytes_total',
    type: 'counter',
    origin: 'new',
    labels: {},
    help: 'Written to swap since boot.',
    series: ({ host }) => single(host?.paging?.swappedOutBytes ?? host?.swap?.swappedOutBytes),
  },
  {
    name: 'memory_oom_kills_total',
    type: 'counter',
    origin: 'new',
    labels: {},
    help: 'Processes killed for want of memory, by the host or by a cgroup limit, since boot.',
    series: ({ host }) => single(host?.paging?.oomKills),
  },
  {
    name: 'memory_page_faults_total',
    type: 'counter',
    origin: 'new',
    labels: {},
    help: 'Page faults since boot, minor ones included.',
    series: ({ host }) => single(host?.paging?.faults),
  },
  {
    name: 'memory_major_page_faults_total',
    type: 'counter',
    origin: 'new',
    labels: {},
    help: 'Page faults that had to read from disk, since boot.',
    series: ({ host }) => single(host?.paging?.majorFaults),
  },
];
