// The API's answers as types, for whoever reads them: the dashboard imports these and nothing else of the API. They are
// inferred from the schemas that the OpenAPI document is made of, so that neither can drift from the other.
import type { z } from 'zod';
import type * as schemas from './schemas/index.ts';

export interface Envelope<Data> {
  success: boolean;
  data: Data;
  message: string;
}

export type Problem = z.infer<typeof schemas.problem>;

export type Liveness = z.infer<typeof schemas.liveness>;
export type Readiness = z.infer<typeof schemas.readiness>;
export type Status = z.infer<typeof schemas.status>;
export type PreviousRun = z.infer<typeof schemas.previousRun>;
export type HealthCheck = z.infer<typeof schemas.healthCheck>;
export type AlertKey = z.infer<typeof schemas.alertKey>;
export type Silence = z.infer<typeof schemas.silence>;
export type Silences = z.infer<typeof schemas.silences>;
export type AlertEntry = z.infer<typeof schemas.alertEntry>;

export type DetailedMetrics = z.infer<typeof schemas.detailedMetrics>;
export type SystemOverview = z.infer<typeof schemas.systemOverview>;
export type Memory = z.infer<typeof schemas.memory>;
export type VirtualMemory = z.infer<typeof schemas.virtualMemory>;
export type SwapMemory = z.infer<typeof schemas.swapMemory>;
export type TopProcess = z.infer<typeof schemas.topProcess>;
export type Cpu = z.infer<typeof schemas.cpu>;
export type OwnProcess = z.infer<typeof schemas.ownProcess>;
export type WorkerThread = z.infer<typeof schemas.workerThread>;
export type WorkerThreadDeath = z.infer<typeof schemas.workerThreadDeath>;
export type Heap = z.infer<typeof schemas.heap>;
export type Pressure = z.infer<typeof schemas.pressure>;
export type Cgroup = z.infer<typeof schemas.cgroup>;

export type Hotspots = z.infer<typeof schemas.hotspots>;
export type ProcessTrend = z.infer<typeof schemas.processTrend>;
export type ProcessPoint = z.infer<typeof schemas.processPoint>;
export type SlowQuery = z.infer<typeof schemas.slowQuery>;
export type SlowEndpoint = z.infer<typeof schemas.slowEndpoint>;

export type MemoryLeaks = z.infer<typeof schemas.memoryLeaks>;
export type Snapshot = z.infer<typeof schemas.snapshot>;
export type SnapshotComparison = z.infer<typeof schemas.snapshotComparison>;
export type SnapshotStatistics = z.infer<typeof schemas.snapshotStatistics>;
export type SnapshotDifference = z.infer<typeof schemas.snapshotDifference>;
export type Tracing = z.infer<typeof schemas.tracing>;
export type Sampler = z.infer<typeof schemas.sampler>;
export type PreciseMode = z.infer<typeof schemas.preciseMode>;
export type Padding = z.infer<typeof schemas.padding>;
export type Buffers = z.infer<typeof schemas.buffers>;
export type Allocation = z.infer<typeof schemas.allocation>;
export type SourceExcerpt = z.infer<typeof schemas.sourceExcerpt>;
export type GrowingSite = z.infer<typeof schemas.growingSite>;

export type ProcessList = z.infer<typeof schemas.processList>;
export type ProcessRecord = z.infer<typeof schemas.processRecord>;
export type ProcessDetail = z.infer<typeof schemas.processDetail>;
export type ProcessProfile = z.infer<typeof schemas.processProfile>;
export type MemoryMap = z.infer<typeof schemas.memoryMap>;

export type History = z.infer<typeof schemas.history>;
export type Series = z.infer<typeof schemas.series>;
export type HistoryColumns = z.infer<typeof schemas.historyColumns>;
export type HistoryPoint = z.infer<typeof schemas.historyPoint>;
export type Marks = z.infer<typeof schemas.marks>;
export type Trends = z.infer<typeof schemas.trends>;
export type MetricTrend = z.infer<typeof schemas.metricTrend>;
export type Verdict = z.infer<typeof schemas.verdict>;
export type Evidence = z.infer<typeof schemas.evidence>;

export type Alerts = z.infer<typeof schemas.alerts>;
export type AlertsSummary = z.infer<typeof schemas.alertsSummary>;
export type ActiveAlert = z.infer<typeof schemas.activeAlert>;
export type Incident = z.infer<typeof schemas.incident>;
export type IncidentRecord = z.infer<typeof schemas.incidentRecord>;
export type Transition = z.infer<typeof schemas.transition>;
export type Delivery = z.infer<typeof schemas.delivery>;
export type TestAlert = z.infer<typeof schemas.testAlert>;

export type Setting = z.infer<typeof schemas.setting>;
export type SettingsList = z.infer<typeof schemas.settings>;
export type SettingsChanged = z.infer<typeof schemas.settingsChanged>;
export type ThresholdsChanged = z.infer<typeof schemas.thresholdsChanged>;

/** The event stream: the name of an event → its `data`. */
export interface EventData {
  sample: z.infer<typeof schemas.sampleEvent>;
  alert: Incident;
  verdict: Verdict;
}
