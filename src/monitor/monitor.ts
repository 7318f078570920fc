// The engine as everyone else sees it: the HTTP API, the commands and a service that embeds it. It answers out of the latest
// sample and the history; only checkHealth() and the methods that return a promise do anything new.
import type {
  EffectiveSetting,
  SettingKey,
  SettingProblem,
  Settings,
  SettingValue,
} from '../config/index.ts';
import type { AttachErrorCode, AttachedReading } from '../heap/attach/index.ts';
import type { SamplerOrder, SamplerState } from '../heap/index.ts';
import type {
  HistorySeries,
  HistoryState,
  HostMetric,
  ProcessMetric,
  SeriesRange,
} from '../history/history.ts';
import type { TrackedTrend } from '../history/index.ts';
import type { SiteGrowth } from '../leak/index.ts';
import type {
  AlertEntry,
  AlertKey,
  AllocationSite,
  ChannelName,
  CollectorReport,
  DeathCause,
  Delivery,
  FrameOrigin,
  HealthStatus,
  HostMemory,
  HostSample,
  HostSwap,
  Incident,
  OwnProcessSample,
  ProcessId,
  ProcessMemoryMap,
  ProcessSample,
  Profile,
  ProfileBasis,
  ProfileThread,
  ProfileTrigger,
  RewritingReport,
  Trend,
  Verdict,
} from '../model/index.ts';
import type { ProfileFormat, StatisticKey } from '../profile/index.ts';
import type { Bytes, Ratio, Seconds } from '../units/index.ts';
import type { Collection, ProcessStart } from './moments/index.ts';
import type { GrownParts } from './previous-run/what-grew.ts';
import type { TracedMemory } from './profiling/traced-memory.ts';
import type { Silence } from './silences.ts';

export type { ProfileFormat, StatisticKey } from '../profile/index.ts';
export type { TracedMemory } from './profiling/traced-memory.ts';

/** The seed's memory record, in bytes. */
export interface MemoryUsage {
  readonly virtual: HostMemory;
  readonly swap: HostSwap;
  /** Strictly above 1 % of memory, by memory, at most 10. */
  readonly topProcesses: readonly ProcessSample[];
}

/** The newest reading of everything. */
export interface Latest {
  readonly host: HostSample;
  readonly own: OwnProcessSample;
  readonly processes: readonly ProcessSample[];
}

export interface HealthCheck {
  readonly atSeconds: Seconds;
  readonly status: HealthStatus;
  readonly alerts: readonly AlertEntry[];
  readonly latest?: Latest;
  /** Why the status is `error`. */
  readonly error?: string;
}

export interface ProcessTrend extends TrackedTrend {
  /** RSS over time; slope in bytes per hour. */
  readonly rssTrend: Trend;
}

export interface SlowQuery {
  readonly atSeconds: Seconds;
  /** At most 500 characters. */
  readonly query: string;
  readonly durationSeconds: Seconds;
  /** At most 200 characters. */
  readonly params?: string;
}

export interface SlowEndpoint {
  readonly atSeconds: Seconds;
  readonly method: string;
  /** Without the query string: it may carry secrets. */
  readonly path: string;
  readonly durationSeconds: Seconds;
  readonly statusCode: number;
}

export interface Hotspots {
  readonly processTrends: readonly ProcessTrend[];
  /** Slowest first. */
  readonly slowQueries: readonly SlowQuery[];
  readonly slowEndpoints: readonly SlowEndpoint[];
}

export interface ProcessDetail {
  readonly sample: ProcessSample;
  /** Absent for a process that is not tracked. */
  readonly trend?: ProcessTrend;
  readonly verdict?: Verdict;
  /** When it was asked for, could be read and did not cost too much. */
  readonly memoryMap?: ProcessMemoryMap;
}

export interface MetricTrends {
  readonly hours: number;
  readonly memory: Trend;
  readonly swap: Trend;
  readonly verdicts: readonly Verdict[];
}

export interface ChannelState {
  readonly name: ChannelName;
  readonly configured: boolean;
  /** Why a configured channel cannot be used. */
  readonly problem?: string;
}

export interface CollectorSelf {
  readonly report: CollectorReport;
  readonly failuresTotal: number;
}

/** What the monitor costs and how it fares. */
export interface SelfMeasurement {
  /** The agent's RSS; inside a service the memory of the monitor's own thread, since RSS is the service's. */
  readonly memoryBytes: Bytes;
  readonly cpuSeconds: Seconds;
  readonly cpuRatio: Ratio;
  readonly collectors: readonly CollectorSelf[];
  readonly samplesTotal: number;
  readonly droppedSamplesTotal: number;
  readonly notificationsDroppedTotal: number;
}

export interface MonitorStatus {
  readonly mode: 'agent' | 'service';
  /** Of this machine. */
  readonly hostName: string;
  readonly version: string;
  readonly enabled: boolean;
  readonly startedAtSeconds: Seconds;
  readonly uptimeSeconds: Seconds;
  readonly ready: boolean;
  readonly channels: readonly ChannelState[];
  readonly history: HistoryState;
  readonly self: SelfMeasurement;
  readonly lastCheck?: {
    readonly startedAtSeconds: Seconds;
    readonly endedAtSeconds: Seconds;
    readonly status: HealthStatus;
  };
  readonly activeIncidents: number;
}

export interface IncidentRecord {
  readonly incident: Incident;
  readonly deliveries: readonly Delivery[];
}

/** An allocation site with whose code it is. */
export interface SnapshotSite extends AllocationSite {
  /** The worker thread that allocates there; absent for the main thread. */
  readonly thread?: ProfileThread;
  readonly origin: FrameOrigin['kind'];
  readonly packageName?: string;
  readonly packageVersion?: string;
  /** What a place without a source is, in a sentence. */
  readonly note?: string;
}

/** Memory off the heap by the code that allocated it: Buffers, ArrayBuffers, typed arrays. */
export interface BufferRecord {
  /** Of the watched thread's last report. */
  readonly atSeconds: Seconds;
  /** What there is, or what is attributed where the estimates come to more. */
  readonly totalBytes: Bytes;
  readonly unattributedBytes: Bytes;
  /** The largest first. */
  readonly sites: readonly SnapshotSite[];
}

/** A kept snapshot, without its tree of stacks. */
export interface SnapshotRecord {
  readonly id: string;
  readonly atSeconds: Seconds;
  readonly trigger: ProfileTrigger;
  readonly basis: ProfileBasis;
  readonly calleesMayBeBilledToCallers: boolean;
  /** Live bytes that the samples stand for. */
  readonly sampledBytes: Bytes;
  /** Absent where another profiler runs the sampler. */
  readonly sampleIntervalBytes?: Bytes;
  readonly rssBytes: Bytes;
  readonly heapUsedBytes?: Bytes;
  /** Absent where buffers are not attributed. */
  readonly buffers?: BufferRecord;
  /** On the heap and off it. The largest, at most MONITORING_TRACEMALLOC_TOP_N at the time. */
  readonly sites: readonly SnapshotSite[];
}

/** Lines of a source around a place. */
export interface SourceExcerpt {
  /** Of the first of `lines`, from 1. */
  readonly firstLine: number;
  readonly lines: readonly string[];
}

/** The run of this program before this one, where it died. An absent field is not known. */
export interface PreviousRun {
  readonly pid: number;
  readonly startedAtSeconds: Seconds;
  /** When it was last known to run. */
  readonly lastSeenAtSeconds: Seconds;
  readonly cause: DeathCause;
  /** `previous run died at 497 of 512 MiB; 71 % of the growth: src/orders.ts:41 remember`. */
  readonly sentence: string;
  readonly heapUsedBytes?: Bytes;
  /** Of the old space where that is known. */
  readonly heapLimitBytes: Bytes;
  readonly rssBytes?: Bytes;
  readonly cgroupLimitBytes?: Bytes;
  /** What each part of its memory grew by in its last minutes. */
  readonly parts?: GrownParts;
  /** The most grown first. */
  readonly growingSites: readonly GrowingSite[];
  /** Its last profile, kept as a snapshot. */
  readonly snapshotId?: string;
}

export interface GrowingSite extends SiteGrowth {
  readonly site: SnapshotSite;
}

/** How the sampler was started, and what reading it costs. */
export interface SamplerReport {
  readonly sampler: SamplerState;
  readonly readings: number;
  /** The most that the newest reading can have paused the watched thread. */
  readonly lastPauseSeconds?: Seconds;
  /** Absent unless modules are rewritten as they are loaded. */
  readonly rewriting?: RewritingReport;
}

export type ProfilingState =
  | {
      readonly kind: 'disabled';
      readonly howToEnable: string;
      /** Of the time while it was on; oldest first. */
      readonly snapshots: readonly SnapshotRecord[];
    }
  | {
      readonly kind: 'on';
      readonly report: SamplerReport;
      /** Oldest first. */
      readonly snapshots: readonly SnapshotRecord[];
      /** The most grown first. */
      readonly growingSites: readonly GrowingSite[];
      /** As the watched thread reported them last; absent where buffers are not attributed. */
      readonly buffers?: BufferRecord;
    };

export type SnapshotOutcome =
  | { readonly kind: 'taken'; readonly snapshot: SnapshotRecord }
  | { readonly kind: 'too-soon'; readonly retryAfterSeconds: Seconds }
  | { readonly kind: 'disabled' }
  /** The watched thread is in a blocking system call. */
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'not-sampling'; readonly reason: string };

/** Whether allocations are traced now. `tracebackLimit`: frames a stack may keep; while off, those that a start would keep. */
export type TracingState =
  | { readonly kind: 'off'; readonly tracebackLimit: number }
  | {
      readonly kind: 'on';
      /** Of the start or the last clear. */
      readonly sinceSeconds: Seconds;
      readonly startedBy: 'setting' | 'request';
      readonly sampler: SamplerState;
      /** Absent where another profiler set it. */
      readonly tracebackLimit?: number;
    };

export type TracingOutcome =
  /** `changed`: false where there was nothing to do. */
  | { readonly kind: 'done'; readonly changed: boolean; readonly state: TracingState }
  /** Another profiler runs the sampler: it is not ours to end. */
  | { readonly kind: 'foreign' }
  /** The watched thread is busy or blocked; nothing was changed. */
  | { readonly kind: 'no-answer' }
  /** No thread here can be sampled. */
  | { readonly kind: 'unavailable' };

/** The functions of tracemalloc's module. */
export interface TracemallocControl {
  state(): TracingState;
  order(order: SamplerOrder): Promise<TracingOutcome>;
  /** Undefined while nothing is traced or nothing was read yet. */
  tracedMemory(): Promise<TracedMemory | undefined>;
  resetPeak(): void;
  /** What the monitor holds for tracing: snapshots, readings, source maps; an estimate. */
  heldBytes(): Bytes;
}

/** tracemalloc's Filter, as it crosses between threads. */
export interface TraceFilterWish {
  readonly inclusive: boolean;
  /** As fnmatch has it. */
  readonly filenamePattern: string;
  readonly lineno?: number | undefined;
  /** Any frame of the stack may match, not just the most recent. */
  readonly allFrames: boolean;
  readonly domain?: 'heap' | 'external' | undefined;
}

export interface StatisticsQuery {
  readonly key: StatisticKey;
  readonly cumulative?: boolean;
  readonly filters?: readonly TraceFilterWish[];
  /** Adds what Traceback.format prints, with the lines of the source. */
  readonly formatted?: boolean;
}

/** A place in the statistics: oldest first; one place unless the key is traceback. */
export interface StatisticTraceback {
  readonly traceback: readonly { readonly file: string; readonly line: number }[];
  readonly formatted?: readonly string[];
}

/** tracemalloc's statistics of one snapshot, the largest first. */
export interface SnapshotStatistics {
  readonly snapshot: SnapshotRecord;
  /** Statistics there are, also those that are left out. */
  readonly total: number;
  readonly statistics: readonly (StatisticTraceback & {
    readonly sizeBytes: Bytes;
    readonly count: number;
  })[];
}

/** tracemalloc's compare_to, from the earlier snapshot to the later one. */
export interface SnapshotComparison {
  readonly before: SnapshotRecord;
  readonly after: SnapshotRecord;
  readonly differences: readonly SnapshotDifference[];
  /** Differences there are, also those that are left out. */
  readonly total: number;
  /** Why the comparison may mislead, in sentences without a full stop. */
  readonly cautions: readonly string[];
}

export interface SnapshotDifference extends StatisticTraceback {
  readonly sizeBytes: Bytes;
  readonly sizeDiffBytes: Bytes;
  readonly count: number;
  readonly countDiff: number;
}

export interface ProcessProfileRequest {
  readonly seconds: Seconds;
  /** Mean allocated bytes between two samples. */
  readonly sampleBytes: Bytes;
  /** Agrees to the pause of a large heap. */
  readonly confirm: boolean;
}

/** The allocation profile of another process, taken from outside. */
export interface ProcessProfile extends Omit<AttachedReading, 'document' | 'filesRoot'> {
  readonly pid: number;
  readonly atSeconds: Seconds;
  /** Absent where another profiler runs the sampler. */
  readonly sampleIntervalBytes?: Bytes;
  readonly profile: Profile;
  /** Every one, the largest first. */
  readonly sites: readonly SnapshotSite[];
  /** What a reader has to know, in sentences without a full stop. */
  readonly cautions: readonly string[];
}

export type ProcessProfileOutcome =
  | {
      readonly kind: 'profiled';
      readonly result: ProcessProfile;
      readonly file: (format: ProfileFormat) => Uint8Array;
    }
  | { readonly kind: 'refused'; readonly code: AttachErrorCode; readonly reason: string }
  /** Not here, whichever process it is. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** A kept snapshot as Plimsoll's own JSON, compressed: it crosses between threads as it is stored. */
export interface EncodedSnapshot {
  readonly id: string;
  readonly encoded: Uint8Array;
}

export type SettingsChange =
  | { readonly ok: true; readonly effective: readonly EffectiveSetting[] }
  | { readonly ok: false; readonly problems: readonly SettingProblem[] };

export type MonitorEvent =
  | { readonly type: 'sample'; readonly latest: Latest }
  | { readonly type: 'alert'; readonly incident: Incident }
  | { readonly type: 'verdict'; readonly verdict: Verdict };

export interface Monitor {
  settings(): Settings;
  effectiveSettings(): readonly EffectiveSetting[];
  /** All or nothing. `null` unsets a run-time change. Only settings whose table row says `runtime` can change. */
  changeSettings(changes: Readonly<Partial<Record<SettingKey, SettingValue | null>>>): SettingsChange;
  status(): MonitorStatus;
  /** Absent until the first sample was taken. */
  latest(): Latest | undefined;
  memoryUsage(): MemoryUsage | undefined;
  /** Takes a sample and shows the incidents as they stand; does not count towards consecutive failures. */
  checkHealth(): Promise<HealthCheck>;
  hotspots(): Hotspots;
  processDetail(pid: number, options: { readonly memoryMap: boolean }): ProcessDetail | undefined;
  hostSeries(metric: HostMetric, range: SeriesRange): HistorySeries;
  processSeries(id: ProcessId, metric: ProcessMetric, range: SeriesRange): HistorySeries;
  trends(hours: number): MetricTrends;
  verdicts(): readonly Verdict[];
  incidents(hours: number): readonly IncidentRecord[];
  /** When the program that runs as `pid` was started, now and before, oldest first; none of a process that is not there. */
  starts(pid: number, range: SeriesRange): readonly ProcessStart[];
  /** Major collections of the own heap since the monitor started, oldest first, bounded. */
  collections(range: SeriesRange): readonly Collection[];
  testAlert(): Promise<readonly Delivery[]>;
  /** Those in force. */
  silences(): readonly Silence[];
  /** For so long nobody is told that this alert fires; 0 ends the silence. */
  silence(key: AlertKey, seconds: Seconds): void;
  profiling(): ProfilingState;
  readonly tracemalloc: TracemallocControl;
  /** Undefined where the previous run ended well, or left nothing. */
  previousRun(): PreviousRun | undefined;
  takeSnapshot(trigger: ProfileTrigger): Promise<SnapshotOutcome>;
  /** With every site. Undefined for one that is not kept. */
  snapshot(id: string): SnapshotRecord | undefined;
  /** The whole tree of stacks. Undefined for one that is not kept. */
  snapshotFile(id: string, format: ProfileFormat): Uint8Array | undefined;
  /** Undefined for a place that is none of the snapshot's frames, and where its source cannot be had. */
  sourceExcerpt(
    id: string,
    place: { readonly file: string; readonly line: number },
  ): SourceExcerpt | undefined;
  /** Oldest first. */
  encodedSnapshots(): readonly EncodedSnapshot[];
  /** Undefined for one that is not kept. Throws STATISTICS_KEY for cumulative tracebacks. */
  snapshotStatistics(id: string, query: StatisticsQuery): SnapshotStatistics | undefined;
  /** Undefined when either is not kept. Throws STATISTICS_KEY for cumulative tracebacks. */
  compareSnapshots(a: string, b: string, query: StatisticsQuery): SnapshotComparison | undefined;
  /** Attaches to another process, samples its allocations for a while, detaches. In the agent alone. */
  profileProcess(pid: number, request: ProcessProfileRequest): Promise<ProcessProfileOutcome>;
  trackSlowQuery(query: SlowQuery): void;
  trackSlowEndpoint(endpoint: SlowEndpoint): void;
  /** Calls back on every event until the returned function is called. */
  subscribe(listener: (event: MonitorEvent) => void): () => void;
  /** Prometheus text for a scraper's Accept header. Shows the latest sample and computes nothing. */
  metricsText(accept: string | undefined): Promise<{ readonly contentType: string; readonly body: string }>;
  stop(): Promise<void>;
}
