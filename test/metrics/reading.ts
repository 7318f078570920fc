// A reading in which every part is present, so that every metric family there is has a series.
import type { MetricsReading, TrackedProcess } from '../../src/metrics/index.ts';
import type { MemoryLimit, Verdict } from '../../src/model/index.ts';
import { GIB, MIB } from '../../src/units/index.ts';

const AT_SECONDS = 1_700_000_000;

const limit = (bytes: number): MemoryLimit => ({
  kind: 'limited',
  bytes,
  path: '/system.slice/shop.service',
});

const pressure = {
  some: { avg10Percent: 1.5, avg60Percent: 0.8, avg300Percent: 0.2, totalSeconds: 12.5 },
  full: { avg10Percent: 0.5, avg60Percent: 0.2, avg300Percent: 0.1, totalSeconds: 4.25 },
};

const LEAKING: Verdict = {
  subject: 'heap:main',
  kind: 'leaking',
  confidence: 0.93,
  growthBytesPerSecond: 11_068.5,
  timeToLimitSeconds: 18_600,
  evidence: [],
};

const STABLE: Verdict = { subject: 'host', kind: 'stable', confidence: 0.8, evidence: [] };

/** Every family has at least one series in it. */
export const RICH_READING: MetricsReading = {
  host: {
    atSeconds: AT_SECONDS,
    memory: {
      totalBytes: 16 * GIB,
      availableBytes: 9 * GIB,
      usedBytes: 7 * GIB,
      freeBytes: 2 * GIB,
      percent: 43.8,
      activeBytes: 5 * GIB,
      inactiveBytes: 6 * GIB,
      buffersBytes: 256 * MIB,
      cachedBytes: 6.5 * GIB,
      sharedBytes: 128 * MIB,
      slabBytes: 512 * MIB,
    },
    swap: { totalBytes: 4 * GIB, usedBytes: GIB, freeBytes: 3 * GIB, percent: 25 },
    pressure,
    paging: {
      faults: 123_456_789,
      majorFaults: 4321,
      swappedInBytes: 40_960,
      swappedOutBytes: 81_920,
      oomKills: 1,
    },
    cgroup: {
      version: 2,
      path: '/system.slice/shop.service',
      usageBytes: 700 * MIB,
      workingSetBytes: 600 * MIB,
      limit: limit(GIB),
      high: limit(900 * MIB),
      peakBytes: 800 * MIB,
      swapUsageBytes: 16 * MIB,
      swapLimit: limit(512 * MIB),
      events: { low: 0, high: 3, max: 2, oom: 1, oomKill: 1 },
      pressure,
    },
    collectors: [],
  },
  own: {
    atSeconds: AT_SECONDS,
    pid: 4211,
    rssBytes: 420 * MIB,
    cpuPercent: 12.5,
    cpuSeconds: 99.5,
    threads: 11,
    heap: {
      atSeconds: AT_SECONDS,
      usedBytes: 210 * MIB,
      totalBytes: 260 * MIB,
      limitBytes: 4 * GIB,
      externalBytes: 24 * MIB,
      arrayBuffersBytes: 20 * MIB,
      oldSpaceBytes: 180 * MIB,
      floorBytes: 170 * MIB,
      floorAtSeconds: AT_SECONDS - 30,
      gc: {
        minor: { count: 812, seconds: 1.25 },
        major: { count: 14, seconds: 0.5 },
        incremental: { count: 28, seconds: 0.125 },
        weakcb: { count: 7, seconds: 0.0625 },
      },
      ageSeconds: 0.75,
    },
    workers: {
      threads: [
        {
          threadId: 3,
          name: 'resize',
          heap: {
            atSeconds: AT_SECONDS,
            ageSeconds: 0.5,
            usedBytes: 40 * MIB,
            totalBytes: 52 * MIB,
            limitBytes: 512 * MIB,
            externalBytes: 6 * MIB,
            arrayBuffersBytes: 5 * MIB,
            floorBytes: 32 * MIB,
            oldSpaceLimitBytes: 384 * MIB,
          },
          sampling: { kind: 'sampled' },
        },
      ],
      notShown: 0,
      outOfMemory: [],
      outOfMemoryTotal: 1,
    },
  },
  oldSpaceLimitBytes: 3.5 * GIB,
  processes: [
    { pid: 4211, name: 'node', rssAverageBytes: 410.5 * MIB, cpuAverage: 11.25 },
    { pid: 977, name: 'postgres: "main"', rssAverageBytes: 96 * MIB, cpuAverage: 0.5 },
  ],
  memoryTrendPerHour: 0.75,
  snapshotsCount: 3,
  processHistoryCount: 2,
  requestsTotal: 73_112,
  slowQueries: { count: 2, slowestSeconds: 0.4125 },
  slowEndpoints: { count: 1, slowestSeconds: 2.5 },
  alerts: {
    fired: [
      { type: 'memory', severity: 'high', total: 2 },
      { type: 'leak', severity: 'warning', total: 1 },
    ],
    active: { warning: 1 },
  },
  verdicts: [LEAKING, STABLE],
  sites: [
    {
      functionName: 'remember',
      file: 'src/orders.ts',
      line: 41,
      column: 3,
      liveBytes: 38 * MIB,
      count: 9000,
    },
    { functionName: 'render', file: 'C:\\shop\\view.ts', line: 7, column: 1, liveBytes: 2 * MIB, count: 120 },
  ],
  self: {
    memoryBytes: 61 * MIB,
    cpuSeconds: 3.5,
    cpuRatio: 0.004,
    collectors: [
      { report: { collector: 'meminfo', outcome: 'ok', durationSeconds: 0.0002 }, failuresTotal: 0 },
      { report: { collector: 'pressure', outcome: 'absent', durationSeconds: 0.00005 }, failuresTotal: 0 },
      {
        report: { collector: 'cgroup', outcome: 'failed', durationSeconds: 0.001, reason: 'EIO' },
        failuresTotal: 4,
      },
    ],
    samplesTotal: 8640,
    droppedSamplesTotal: 2,
    notificationsDroppedTotal: 1,
  },
  build: { version: '0.1.0', mode: 'service' },
};

/** Tracked processes with names of an ordinary length. */
export function manyProcesses(count: number): readonly TrackedProcess[] {
  return Array.from({ length: count }, (_, index) => ({
    pid: 1000 + index,
    name: `worker-process-${index}`,
    rssAverageBytes: (50 + index) * MIB,
    cpuAverage: index / 4,
  }));
}
