// What is stored is series of whole numbers: bytes as they are, per cent in hundredths. Whole numbers pack into few bytes and
// add up exactly, so that an hour made of minutes equals the hour made of samples. Every series has a number, which is what
// the packed samples and the roll-ups are keyed by.
import type { ProcessId } from '../model/index.ts';
import type { HistoryRecord, HostMetric, ProcessMetric } from './history.ts';

/** Which series is meant, in the words of the interface. */
export type SeriesKey =
  | { readonly kind: 'host'; readonly metric: HostMetric }
  | { readonly kind: 'process'; readonly id: ProcessId; readonly metric: ProcessMetric };

interface StoredMetric {
  /** The series' number in the store. Fixed for ever: a metric that goes leaves a gap. */
  readonly series: number;
  readonly unit: 'bytes' | 'percent';
  readonly read: (record: HistoryRecord) => number | undefined;
}

const HOST_METRICS: Readonly<Record<HostMetric, StoredMetric>> = {
  memory_percent: percent(1, ({ host }) => host.memory?.percent),
  memory_total: bytes(2, ({ host }) => host.memory?.totalBytes),
  memory_used: bytes(3, ({ host }) => host.memory?.usedBytes),
  memory_available: bytes(4, ({ host }) => host.memory?.availableBytes),
  memory_free: bytes(5, ({ host }) => host.memory?.freeBytes),
  memory_cached: bytes(6, ({ host }) => host.memory?.cachedBytes),
  memory_buffers: bytes(7, ({ host }) => host.memory?.buffersBytes),
  swap_percent: percent(8, ({ host }) => host.swap?.percent),
  swap_total: bytes(9, ({ host }) => host.swap?.totalBytes),
  swap_used: bytes(10, ({ host }) => host.swap?.usedBytes),
  pressure_some_percent: percent(11, ({ host }) => host.pressure?.some?.avg10Percent),
  pressure_full_percent: percent(12, ({ host }) => host.pressure?.full?.avg10Percent),
  cgroup_working_set: bytes(13, ({ host }) => host.cgroup?.workingSetBytes),
  cgroup_limit: bytes(14, ({ host }) =>
    host.cgroup?.limit.kind === 'limited' ? host.cgroup.limit.bytes : undefined,
  ),
  own_rss: bytes(15, ({ own }) => own?.rssBytes),
  own_cpu_percent: percent(16, ({ own }) => own?.cpuPercent),
  heap_used: bytes(17, ({ own }) => own?.heap?.usedBytes),
  heap_total: bytes(18, ({ own }) => own?.heap?.totalBytes),
  heap_floor: bytes(19, ({ own }) => own?.heap?.floorBytes),
  heap_external: bytes(20, ({ own }) => own?.heap?.externalBytes),
  heap_array_buffers: bytes(21, ({ own }) => own?.heap?.arrayBuffersBytes),
};

/** Process number n has the series 64 + 2n (RSS) and 65 + 2n (CPU): the numbers below are the host's. */
const FIRST_PROCESS_SERIES = 64;
/** All series of the host: an inclusive range. */
export const HOST_SERIES = { first: 0, last: FIRST_PROCESS_SERIES - 1 } as const;

function bytes(series: number, read: StoredMetric['read']): StoredMetric {
  return { series, unit: 'bytes', read };
}

function percent(series: number, read: StoredMetric['read']): StoredMetric {
  return { series, unit: 'percent', read };
}

export const STORED_HOST_METRICS: readonly StoredMetric[] = Object.values(HOST_METRICS);

export function hostSeriesNumber(metric: HostMetric): number {
  return HOST_METRICS[metric].series;
}

export function processSeriesNumber(processNumber: number, metric: ProcessMetric): number {
  return FIRST_PROCESS_SERIES + 2 * processNumber + (metric === 'rss' ? 0 : 1);
}

export function processOfSeries(series: number): { processNumber: number; metric: ProcessMetric } {
  const offset = series - FIRST_PROCESS_SERIES;
  return { processNumber: Math.floor(offset / 2), metric: offset % 2 === 0 ? 'rss' : 'cpu_percent' };
}

/** Whole numbers in the store per unit outside. */
export function scaleOf(key: SeriesKey): number {
  const unit = key.kind === 'host' ? HOST_METRICS[key.metric].unit : processUnit(key.metric);
  return unit === 'bytes' ? 1 : HUNDREDTHS;
}

function processUnit(metric: ProcessMetric): StoredMetric['unit'] {
  return metric === 'rss' ? 'bytes' : 'percent';
}

const HUNDREDTHS = 100;

/** The whole number that is stored for a value; absent for one that makes no sense (negative, not finite, past 2^53). */
export function toStored(value: number | undefined, unit: StoredMetric['unit']): number | undefined {
  if (value === undefined) return undefined;
  const stored = Math.round(unit === 'bytes' ? value : value * HUNDREDTHS);
  return stored >= 0 && stored <= Number.MAX_SAFE_INTEGER ? stored : undefined;
}
