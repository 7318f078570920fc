// Everything one scrape shows, as one record. The engine makes it out of its latest sample; nothing here is read or measured.
// Its parts have the engine's own field names, so that the engine hands over what it has without copying.
import type {
  AlertType,
  AllocationSite,
  CollectorReport,
  HostSample,
  OwnProcessSample,
  Severity,
  Verdict,
} from '../model/index.ts';
import type { Bytes, Percent, Ratio, Seconds } from '../units/index.ts';

/** A process whose history is kept, with what the history says. */
export interface TrackedProcess {
  readonly pid: number;
  readonly name: string;
  readonly rssAverageBytes: Bytes;
  readonly cpuAverage: Percent;
}

/** A ring of slow operations: how many it holds, and the slowest of them. */
export interface SlowOperations {
  readonly count: number;
  /** Absent while the ring is empty. */
  readonly slowestSeconds?: Seconds;
}

export interface AlertCount {
  readonly type: AlertType;
  readonly severity: Severity;
  readonly total: number;
}

export interface AlertCounts {
  /** Incidents fired since the monitor started, by type and severity. */
  readonly fired: readonly AlertCount[];
  /** Incidents firing now. A severity that is left out has none. */
  readonly active: Readonly<Partial<Record<Severity, number>>>;
}

export interface CollectorCost {
  readonly report: CollectorReport;
  readonly failuresTotal: number;
}

/** What the monitor costs and how it fares. */
export interface MonitorCost {
  /** The agent's RSS; inside a service the memory of the monitor's own thread, since RSS is the service's. */
  readonly memoryBytes: Bytes;
  readonly cpuSeconds: Seconds;
  readonly cpuRatio: Ratio;
  readonly collectors: readonly CollectorCost[];
  readonly samplesTotal: number;
  readonly droppedSamplesTotal: number;
  readonly notificationsDroppedTotal: number;
}

export interface MonitorBuild {
  readonly version: string;
  readonly mode: 'agent' | 'service';
}

/** A part that is absent has no series in the exposition; it never shows as 0. */
export interface MetricsReading {
  readonly host?: HostSample;
  readonly own?: OwnProcessSample;
  /** V8's old-space limit where it is known; its `heap_size_limit` counts the young generation too. */
  readonly oldSpaceLimitBytes?: Bytes;
  readonly processes?: readonly TrackedProcess[];
  /** Of `memory_usage_percent{type="virtual"}`, in percentage points per hour; absent until there is enough history. */
  readonly memoryTrendPerHour?: number;
  /** Allocation snapshots kept. */
  readonly snapshotsCount?: number;
  /** Processes whose history is kept. */
  readonly processHistoryCount?: number;
  /** HTTP requests that the service has finished since it started. */
  readonly requestsTotal?: number;
  readonly slowQueries?: SlowOperations;
  readonly slowEndpoints?: SlowOperations;
  readonly alerts?: AlertCounts;
  readonly verdicts?: readonly Verdict[];
  /** Of the newest snapshot, in any order: the largest are shown. */
  readonly sites?: readonly AllocationSite[];
  readonly self?: MonitorCost;
  readonly build?: MonitorBuild;
}
