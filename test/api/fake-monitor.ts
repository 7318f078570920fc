// A monitor that says what a test tells it: fixed figures, real settings, events on demand.
import { loadSettings, type SettingKey, type SettingValue } from '../../src/config/index.ts';
import type { SamplerOrder } from '../../src/heap/index.ts';
import type { HistorySeries, HistoryState } from '../../src/history/history.ts';
import type {
  Delivery,
  HostSample,
  Incident,
  OwnProcessSample,
  ProcessSample,
  Trend,
  Verdict,
} from '../../src/model/index.ts';
import { createLiveSettings } from '../../src/monitor/live-settings.ts';
import type {
  HealthCheck,
  Latest,
  Monitor,
  MonitorEvent,
  PreviousRun,
  ProcessProfileOutcome,
  ProcessTrend,
  ProfilingState,
  SnapshotComparison,
  SnapshotOutcome,
  SnapshotRecord,
  SnapshotStatistics,
  StatisticsQuery,
  TracedMemory,
  TracingOutcome,
} from '../../src/monitor/monitor.ts';
import type { Silence } from '../../src/monitor/silences.ts';
import { ProfileBuilder, writeProfile } from '../../src/profile/index.ts';
import { GIB, MIB } from '../../src/units/index.ts';

/** 2026-03-01T12:00:00Z. */
export const NOW_SECONDS = 1_772_366_400;

const trend: Trend = {
  direction: 'increasing',
  slopePerHour: 1.23456,
  average: 40.005,
  min: 38,
  max: 42,
  points: 360,
};

export const HOSTILE_NAME = '<script>alert("x")</script>';

export function fakeProcess(given: Partial<ProcessSample> = {}): ProcessSample {
  return {
    pid: 4211,
    startTicks: 900_100,
    parentPid: 1,
    name: 'node',
    command: 'node server.js',
    state: 'S',
    startedAtSeconds: NOW_SECONDS - 3600,
    rssBytes: 812.125 * MIB,
    vmsBytes: 1400 * MIB,
    cpuSeconds: 12.5,
    cpuPercent: 3.456,
    threads: 11,
    memoryPercent: 3.4567,
    ...given,
  };
}

export const fakeHost: HostSample = {
  atSeconds: NOW_SECONDS,
  memory: {
    totalBytes: 24 * GIB,
    availableBytes: 14 * GIB,
    usedBytes: 10 * GIB,
    freeBytes: 8 * GIB,
    percent: 41.7,
    activeBytes: 5 * GIB,
    cachedBytes: 3 * GIB,
  },
  swap: { totalBytes: 2 * GIB, usedBytes: GIB / 2, freeBytes: 1.5 * GIB, percent: 25, swappedInBytes: MIB },
  pressure: { some: { avg10Percent: 1.5, avg60Percent: 0.5, avg300Percent: 0.1, totalSeconds: 12.25 } },
  cgroup: {
    version: 2,
    path: '/system.slice/app.service',
    usageBytes: 300 * MIB,
    workingSetBytes: 200 * MIB,
    limit: { kind: 'limited', bytes: 512 * MIB, path: '/system.slice' },
    high: { kind: 'unlimited' },
    swapLimit: { kind: 'unlimited' },
    events: { oomKill: 0 },
  },
  cpu: { percent: 12.345, logicalCount: 2, loadAverage: [2, 1, 0.5] },
  collectors: [{ collector: 'meminfo', outcome: 'ok', durationSeconds: 0.00012 }],
};

const gcKind = { count: 3, seconds: 0.01 };

export const fakeOwn: OwnProcessSample = {
  atSeconds: NOW_SECONDS,
  pid: 4211,
  rssBytes: 812.125 * MIB,
  cpuPercent: 3.456,
  cpuSeconds: 12.5,
  threads: 11,
  heap: {
    atSeconds: NOW_SECONDS,
    usedBytes: 100 * MIB,
    totalBytes: 150 * MIB,
    limitBytes: 4 * GIB,
    externalBytes: 10 * MIB,
    arrayBuffersBytes: 5 * MIB,
    floorBytes: 80 * MIB,
    floorAtSeconds: NOW_SECONDS - 5,
    gc: { minor: gcKind, major: gcKind, incremental: gcKind, weakcb: gcKind },
    ageSeconds: 0.2,
  },
};

export const fakeLatest: Latest = {
  host: fakeHost,
  own: fakeOwn,
  processes: [
    fakeProcess(),
    fakeProcess({ pid: 7, startTicks: 70, name: HOSTILE_NAME, rssBytes: 900 * MIB, cpuPercent: 50 }),
    withoutCpu(
      fakeProcess({ pid: 9, startTicks: 90, name: 'Zsh', rssBytes: MIB, command: 'x'.repeat(5000) }),
    ),
  ],
};

function withoutCpu({ cpuPercent: _cpuPercent, ...process }: ProcessSample): ProcessSample {
  return process;
}

export const fakeVerdict: Verdict = {
  subject: 'process:4211',
  kind: 'leaking',
  confidence: 0.9,
  growthBytesPerSecond: 1000,
  growthInterval: { low: 900, high: 1100 },
  sinceSeconds: NOW_SECONDS - 600,
  timeToLimitSeconds: 7200,
  part: 'heap',
  evidence: [{ kind: 'floor', text: 'The floor rises', points: [{ atSeconds: NOW_SECONDS, value: 1 }] }],
};

export const fakeIncident: Incident = {
  id: 'i1',
  key: 'high_memory',
  type: 'memory',
  title: 'High memory usage',
  state: 'firing',
  severity: 'high',
  message: `High memory usage: 97.0% <b>${HOSTILE_NAME}</b>`,
  startedAtSeconds: NOW_SECONDS - 60,
  told: { count: 1, last: 'firing', firingAtSeconds: NOW_SECONDS - 30, severities: ['high'] },
  transitions: [
    { atSeconds: NOW_SECONDS - 60, kind: 'fired', severity: 'high', message: 'High memory usage' },
  ],
};

export const fakeDelivery: Delivery = {
  notificationId: 'n1',
  incidentId: 'i1',
  channel: 'webhook',
  atSeconds: NOW_SECONDS - 29,
  outcome: 'delivered',
  attempts: 1,
  detail: '200 OK',
};

const processTrend: ProcessTrend = {
  pid: 4211,
  startTicks: 900_100,
  name: 'node',
  sampleCount: 2,
  cpuAverage: 3.005,
  cpuMax: 4,
  cpuMin: 2,
  rssAverageBytes: 800 * MIB,
  rssMaxBytes: 812.125 * MIB,
  rssMinBytes: 787 * MIB,
  firstSeenSeconds: NOW_SECONDS - 20,
  lastSeenSeconds: NOW_SECONDS,
  rssTrend: { ...trend, slopePerHour: 38 * MIB },
  history: [
    { atSeconds: NOW_SECONDS - 10, rssBytes: 787 * MIB, cpuPercent: 2 },
    { atSeconds: NOW_SECONDS, rssBytes: 812.125 * MIB, cpuPercent: 4 },
  ],
};

const series: HistorySeries = {
  resolution: 'minute',
  points: [{ atSeconds: NOW_SECONDS - 60, min: 1, max: 3, mean: 2, last: 3, count: 6 }],
};

export interface FakeMonitor extends Monitor {
  /** What a test may set; undefined `latest` is a monitor before its first sample. */
  readonly script: {
    latest: Latest | undefined;
    incidents: readonly Incident[];
    deliveries: readonly Delivery[];
    health: Partial<HealthCheck>;
    history: HistoryState;
    profiling: ProfilingState;
    tracing: TracingOutcome;
    traced?: TracedMemory;
    /** What tracing was told, in order. */
    orders: (SamplerOrder | 'reset-peak')[];
    /** The newest. */
    statisticsQuery: StatisticsQuery | undefined;
    previousRun: PreviousRun | undefined;
    outcome: SnapshotOutcome;
    processProfile: ProcessProfileOutcome;
    metrics: () => Promise<{ readonly contentType: string; readonly body: string }>;
  };
  emit(event: MonitorEvent): void;
  listeners(): number;
  /** What the store would have kept. */
  readonly stored: Partial<Record<SettingKey, SettingValue>>;
}

export const fakeSnapshot: SnapshotRecord = {
  id: '20260301T120000000Z',
  atSeconds: NOW_SECONDS,
  trigger: 'threshold',
  basis: { kind: 'after-major-collection' },
  calleesMayBeBilledToCallers: false,
  sampledBytes: 6 * MIB,
  sampleIntervalBytes: 524_288,
  rssBytes: 150 * MIB,
  sites: [
    {
      functionName: 'remember',
      file: '/srv/app.ts',
      line: 7,
      column: 17,
      liveBytes: 4 * MIB,
      count: 1234,
      origin: 'application',
    },
    {
      functionName: 'parse',
      file: '/srv/node_modules/json/index.js',
      line: 1,
      column: 1,
      liveBytes: 2 * MIB,
      count: 9,
      origin: 'dependency',
      packageName: 'json',
      packageVersion: '1.2.3',
    },
  ],
};

const fakeStatistics: SnapshotStatistics = {
  snapshot: fakeSnapshot,
  total: 7,
  statistics: [
    {
      traceback: [{ file: '/srv/app.ts', line: 7 }],
      formatted: ['  File "/srv/app.ts", line 7', '    function remember(order) {'],
      sizeBytes: 4 * MIB,
      count: 3,
    },
  ],
};

const fakeComparison: SnapshotComparison = {
  before: fakeSnapshot,
  after: fakeSnapshot,
  total: 1,
  differences: [
    {
      traceback: [{ file: '/srv/app.ts', line: 7 }],
      sizeBytes: 4 * MIB,
      sizeDiffBytes: -MIB,
      count: 3,
      countDiff: -1,
    },
  ],
  cautions: ['part of it may be garbage'],
};

export const fakeProfiling: ProfilingState = {
  kind: 'on',
  report: {
    sampler: {
      kind: 'native',
      sampleBytes: 524_288,
      stackDepth: 64,
      beforeApplication: true,
      inlining: false,
    },
    readings: 5,
    lastPauseSeconds: 0.0012,
    rewriting: {
      kind: 'precise',
      filesRewritten: 41,
      filesLeftAlone: 1,
      lastLeftAlone: { path: '/srv/decorated.js', reason: 'Unexpected character' },
    },
  },
  snapshots: [fakeSnapshot],
  buffers: {
    atSeconds: NOW_SECONDS,
    totalBytes: 5 * MIB,
    unattributedBytes: 1 * MIB,
    sites: fakeSnapshot.sites.slice(0, 1).map((site) => ({ ...site, kind: 'buffer' })),
  },
  growingSites: fakeSnapshot.sites.map((site) => ({
    site,
    growthBytes: MIB,
    growthBytesPerSecond: MIB / 600,
    growthInterval: { low: MIB / 700, high: MIB / 500 },
    rises: 4,
    steps: 5,
    share: 0.5,
  })),
};

function fakeProcessProfile(): ProcessProfileOutcome {
  const builder = new ProfileBuilder();
  const frame = builder.frame({ functionName: 'remember', file: '/srv/app.ts', line: 7, column: 17 });
  builder.addSample(builder.stackOf([frame]), 4 * MIB, 1234);
  const profile = builder.build({ counts: 'objects' });
  return {
    kind: 'profiled',
    result: {
      pid: 4211,
      nodeVersion: 'v20.20.2',
      atSeconds: NOW_SECONDS,
      heapUsedBytes: 100 * MIB,
      sampledSeconds: 30,
      pauseSeconds: 0.15,
      sampleIntervalBytes: 32_768,
      foreignSampler: false,
      inspector: 'closed',
      profile,
      sites: fakeSnapshot.sites,
      cautions: ['the main thread alone was sampled, not worker threads'],
    },
    file: (format) => writeProfile(profile, format),
  };
}

export function createFakeMonitor(environment: Readonly<Record<string, string>> = {}): FakeMonitor {
  const listeners = new Set<(event: MonitorEvent) => void>();
  const stored: Partial<Record<SettingKey, SettingValue>> = {};
  const loaded = loadSettings({ environment });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const live = createLiveSettings(
    { environment },
    { settings: () => stored, saveSettings: (changes) => Object.assign(stored, changes) },
  );
  const script: FakeMonitor['script'] = {
    latest: fakeLatest,
    incidents: [fakeIncident],
    deliveries: [fakeDelivery],
    health: {},
    history: { kind: 'disk', path: '/var/lib/plimsoll/store.db', sizeBytes: 3 * MIB },
    profiling: {
      kind: 'disabled',
      howToEnable: 'set MONITORING_TRACEMALLOC_ENABLED=true and start again',
      snapshots: [],
    },
    tracing: { kind: 'done', changed: true, state: { kind: 'off', tracebackLimit: 64 } },
    orders: [],
    statisticsQuery: undefined as StatisticsQuery | undefined,
    previousRun: undefined as PreviousRun | undefined,
    outcome: { kind: 'disabled' },
    processProfile: fakeProcessProfile(),
    metrics: async () => ({ contentType: 'text/plain; version=0.0.4; charset=utf-8', body: 'up 1\n' }),
  };
  let silenced: readonly Silence[] = [];
  return {
    script,
    stored,
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    listeners: () => listeners.size,
    settings: () => live.current(),
    effectiveSettings: () => live.effective(),
    changeSettings: (changes) => live.change(changes),
    status: () => ({
      mode: 'agent',
      hostName: 'host-7',
      version: '1.2.3',
      enabled: live.current().alertingEnabled,
      startedAtSeconds: NOW_SECONDS - 100,
      uptimeSeconds: 100,
      ready: script.latest !== undefined,
      channels: [
        { name: 'log', configured: true },
        { name: 'webhook', configured: true, problem: 'the receiver is gone' },
      ],
      history: script.history,
      self: {
        memoryBytes: 50 * MIB,
        cpuSeconds: 1.5,
        cpuRatio: 0.0012,
        collectors: [
          {
            report: { collector: 'psi', outcome: 'failed', durationSeconds: 0.001, reason: 'EACCES' },
            failuresTotal: 2,
          },
        ],
        samplesTotal: 10,
        droppedSamplesTotal: 0,
        notificationsDroppedTotal: 0,
      },
      lastCheck: {
        startedAtSeconds: NOW_SECONDS - 10,
        endedAtSeconds: NOW_SECONDS - 9.5,
        status: 'healthy',
      },
      activeIncidents: script.incidents.length,
    }),
    latest: () => script.latest,
    memoryUsage: () =>
      script.latest?.host.memory && script.latest.host.swap
        ? {
            virtual: script.latest.host.memory,
            swap: script.latest.host.swap,
            topProcesses: script.latest.processes.filter(({ memoryPercent }) => memoryPercent > 1),
          }
        : undefined,
    checkHealth: async () => ({
      atSeconds: NOW_SECONDS,
      status: 'warning',
      alerts: [
        {
          key: 'high_memory',
          type: 'memory',
          severity: 'warning',
          message: 'High memory usage: 86.0% (10.0GB used)',
          transient: true,
          sinceSeconds: NOW_SECONDS - 1,
        },
      ],
      ...(script.latest ? { latest: script.latest } : {}),
      ...script.health,
    }),
    hotspots: () => ({
      processTrends: [processTrend],
      slowQueries: [{ atSeconds: NOW_SECONDS, query: 'SELECT 1', durationSeconds: 0.123456 }],
      slowEndpoints: [
        { atSeconds: NOW_SECONDS, method: 'GET', path: '/slow', durationSeconds: 1.5, statusCode: 200 },
      ],
    }),
    processDetail: (pid, { memoryMap }) => {
      const sample = script.latest?.processes.find((process) => process.pid === pid);
      if (!sample) return undefined;
      const tracked = pid === 4211 ? { trend: processTrend, verdict: fakeVerdict } : {};
      return { sample, ...tracked, ...(memoryMap ? { memoryMap: { rssBytes: 100, pssBytes: 60 } } : {}) };
    },
    hostSeries: () => series,
    processSeries: () => series,
    trends: (hours) => ({ hours, memory: trend, swap: trend, verdicts: [fakeVerdict] }),
    verdicts: () => [fakeVerdict],
    incidents: () => script.incidents.map((incident) => ({ incident, deliveries: script.deliveries })),
    starts: (pid) => [
      { pid: pid - 1, atSeconds: NOW_SECONDS - 3000 },
      { pid, atSeconds: NOW_SECONDS - 600 },
    ],
    collections: () => [{ atSeconds: NOW_SECONDS - 30, floorBytes: 80 * MIB, count: 2 }],
    testAlert: async () => script.deliveries,
    silences: () => silenced,
    silence: (key, seconds) => {
      silenced = seconds > 0 ? [{ key, untilSeconds: seconds }] : [];
    },
    profiling: () => script.profiling,
    tracemalloc: {
      state: () =>
        script.tracing.kind === 'done' ? script.tracing.state : { kind: 'off', tracebackLimit: 64 },
      order: async (order) => {
        script.orders.push(order);
        return script.tracing;
      },
      tracedMemory: async () => script.traced,
      resetPeak: () => {
        script.orders.push('reset-peak');
      },
      heldBytes: () => 4096,
    },
    previousRun: () => script.previousRun,
    takeSnapshot: async () => script.outcome,
    profileProcess: async () => script.processProfile,
    snapshot: (id) => (id === fakeSnapshot.id ? fakeSnapshot : undefined),
    snapshotFile: (id, format) => (id === fakeSnapshot.id ? new TextEncoder().encode(format) : undefined),
    sourceExcerpt: (id, { file, line }) =>
      id === fakeSnapshot.id && file === '/srv/app.ts' && line === 7
        ? { firstLine: 6, lines: ['', 'function remember(order) {', '  orders.push(order);'] }
        : undefined,
    encodedSnapshots: () => [],
    snapshotStatistics(id, query) {
      script.statisticsQuery = query;
      return id === fakeSnapshot.id ? fakeStatistics : undefined;
    },
    compareSnapshots(a, b, query) {
      script.statisticsQuery = query;
      return a === fakeSnapshot.id && b === fakeSnapshot.id ? fakeComparison : undefined;
    },
    trackSlowQuery: () => {},
    trackSlowEndpoint: () => {},
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    metricsText: () => script.metrics(),
    stop: async () => {},
  };
}
