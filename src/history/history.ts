// What the rest of Plimsoll asks of its memory of the past. Two implementations: the store on disk (node:sqlite), and one
// in memory for a service that was given no data directory and for a store whose disk is full.
import type { SettingKey, SettingValue } from '../config/index.ts';
import type {
  Delivery,
  HostSample,
  Incident,
  OwnProcessSample,
  ProcessId,
  ProcessSample,
} from '../model/index.ts';
import type { Bytes, Seconds } from '../units/index.ts';

/** Everything one sample leaves behind. */
export interface HistoryRecord {
  readonly atSeconds: Seconds;
  readonly host: HostSample;
  readonly own?: OwnProcessSample;
  /** The tracked processes only. */
  readonly processes: readonly ProcessSample[];
}

/** Bytes, except where the name says per cent. */
export type HostMetric =
  | 'memory_percent'
  | 'memory_total'
  | 'memory_used'
  | 'memory_available'
  | 'memory_free'
  | 'memory_cached'
  | 'memory_buffers'
  | 'swap_percent'
  | 'swap_total'
  | 'swap_used'
  | 'pressure_some_percent'
  | 'pressure_full_percent'
  | 'cgroup_working_set'
  | 'cgroup_limit'
  | 'own_rss'
  | 'own_cpu_percent'
  | 'heap_used'
  | 'heap_total'
  | 'heap_floor'
  | 'heap_external'
  | 'heap_array_buffers';

export type ProcessMetric = 'rss' | 'cpu_percent';

export interface SeriesRange {
  readonly fromSeconds: Seconds;
  readonly toSeconds: Seconds;
  /** The finest resolution that is kept for the range and stays within this many points is chosen. */
  readonly maxPoints?: number;
}

export type Resolution = 'sample' | 'minute' | 'hour';

/** A sample as it was (min = max = mean = last, count 1), or a roll-up of many. */
export interface HistoryPoint {
  readonly atSeconds: Seconds;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly last: number;
  readonly count: number;
}

export interface HistorySeries {
  readonly resolution: Resolution;
  /** Width of a bucket, a multiple of the resolution's: points are merged to stay within `maxPoints`. Absent for samples. */
  readonly bucketSeconds?: Seconds;
  readonly points: readonly HistoryPoint[];
}

export interface KnownProcess extends ProcessId {
  readonly name: string;
  readonly command: string;
  readonly firstSeenSeconds: Seconds;
  readonly lastSeenSeconds: Seconds;
}

export type HistoryState =
  | { readonly kind: 'memory' }
  | { readonly kind: 'disk'; readonly path: string; readonly sizeBytes: Bytes }
  /** The disk failed (full, read-only); what is new is kept in memory until it recovers. */
  | {
      readonly kind: 'degraded';
      readonly path: string;
      readonly reason: string;
      readonly sinceSeconds: Seconds;
    };

/** Synchronous, as node:sqlite is. Nothing here throws on a failing disk: it degrades, and `state()` says so. */
export interface History {
  state(): HistoryState;
  record(record: HistoryRecord): void;
  hostSeries(metric: HostMetric, range: SeriesRange): HistorySeries;
  processSeries(id: ProcessId, metric: ProcessMetric, range: SeriesRange): HistorySeries;
  /** Processes with samples in the range, the newest first. */
  knownProcesses(range: SeriesRange): readonly KnownProcess[];
  /** Inserts an incident or replaces the one of the same id. */
  saveIncident(incident: Incident): void;
  /** Incidents that were not closed before `sinceSeconds`, the newest first. */
  incidents(sinceSeconds: Seconds): readonly Incident[];
  saveDelivery(delivery: Delivery): void;
  deliveries(incidentId: string): readonly Delivery[];
  /** Settings changed at run time. */
  settings(): Readonly<Partial<Record<SettingKey, SettingValue>>>;
  /** All of them or none; `undefined` unsets one. */
  saveSettings(changes: Readonly<Partial<Record<SettingKey, SettingValue | undefined>>>): void;
  /** Rolls up what is due and drops what is too old or too much. Cheap when nothing is due; call it at every sample. */
  maintain(nowSeconds: Seconds): void;
  close(): void;
}
