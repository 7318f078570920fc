// The monitor's own process, which inside a service is the service, and the processes whose history is kept.
import { MIB } from '../../units/index.ts';
import { each, type Family, single } from '../family.ts';
import type { TrackedProcess } from '../reading.ts';

const TRACKED_LABELS = { pid: 'process id', name: 'process name' };

function tracked(
  processes: readonly TrackedProcess[] | undefined,
  figure: (process: TrackedProcess) => number,
) {
  return (processes ?? []).map((process) => ({
    labels: { pid: process.pid, name: process.name },
    value: figure(process),
  }));
}

export const PROCESS_FAMILIES: readonly Family[] = [
  {
    name: 'process_memory_bytes',
    type: 'gauge',
    origin: 'seed',
    labels: { type: ['rss', 'heap_used', 'heap_total', 'external', 'array_buffers'] },
    help: 'Memory of the watched process by type; external memory is not part of the V8 heap.',
    series: ({ own }) =>
      each('type', {
        rss: own?.rssBytes,
        heap_used: own?.heap?.usedBytes,
        heap_total: own?.heap?.totalBytes,
        external: own?.heap?.externalBytes,
        array_buffers: own?.heap?.arrayBuffersBytes,
      }),
  },
  {
    name: 'process_cpu_percent',
    type: 'gauge',
    origin: 'seed',
    labels: {},
    help: 'CPU of the watched process since the previous sample, 100 for one processor.',
    series: ({ own }) => single(own?.cpuPercent),
  },
  {
    name: 'process_threads',
    type: 'gauge',
    origin: 'seed',
    labels: {},
    help: 'Threads of the watched process.',
    series: ({ own }) => single(own?.threads),
  },
  {
    name: 'process_history_count',
    type: 'gauge',
    origin: 'seed',
    labels: {},
    help: 'Processes whose history is kept.',
    series: ({ processHistoryCount }) => single(processHistoryCount),
  },
  {
    name: 'process_trend_rss_mb',
    type: 'gauge',
    origin: 'seed',
    labels: TRACKED_LABELS,
    help: 'Average RSS of a tracked process over its history, in MiB.',
    series: ({ processes }) => tracked(processes, ({ rssAverageBytes }) => rssAverageBytes / MIB),
  },
  {
    name: 'process_trend_cpu_avg',
    type: 'gauge',
    origin: 'seed',
    labels: TRACKED_LABELS,
    help: 'Average CPU of a tracked process over its history, 100 for one processor.',
    series: ({ processes }) => tracked(processes, ({ cpuAverage }) => cpuAverage),
  },
];
