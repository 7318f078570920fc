// A monitor whose service has leaked for three hours, 60 MiB an hour under the sawtooth of its collections: its history is
// recorded, and its verdict is what the judge says of it. What takes hours to see live can so be looked at in a moment.
import { memoryLeak } from '../../src/alert/rules/memory-leak.ts';
import { createMemoryHistory, type History } from '../../src/history/index.ts';
import { createJudge, type SeriesSample } from '../../src/leak/index.ts';
import type { HeapSample, Incident, ProcessSample, Verdict, WorkerThreads } from '../../src/model/index.ts';
import type { Latest, Monitor, PreviousRun, ProcessTrend, SnapshotSite } from '../../src/monitor/monitor.ts';
import { ProfileBuilder, writeProfile } from '../../src/profile/index.ts';
import { DAY, HOUR, MIB, type Seconds } from '../../src/units/index.ts';
import {
  createFakeMonitor,
  fakeHost,
  fakeOwn,
  fakeProcess,
  fakeProfiling,
  fakeSnapshot,
} from '../api/fake-monitor.ts';

const INTERVAL_SECONDS = 10;
const LEAKING_SECONDS = 3 * HOUR;
const SAMPLES = LEAKING_SECONDS / INTERVAL_SECONDS;
const LEAK_BYTES_PER_SECOND = (60 * MIB) / HOUR;
const LIMIT_BYTES = 640 * MIB;
const COLLECTION_EVERY_SAMPLES = 9;

export const LEAKING_PID = 4211;

export interface LeakingMonitor extends Monitor {
  readonly verdict: Verdict;
}

export function createLeakingMonitor(nowSeconds: Seconds): LeakingMonitor {
  const startedAt = nowSeconds - LEAKING_SECONDS;
  const samples = Array.from({ length: SAMPLES + 1 }, (_, index) => sampleAt(startedAt, index));
  const history = createMemoryHistory();
  const judge = createJudge({ subject: `process:${LEAKING_PID}`, mayRestart: false });
  for (const { latest, judged } of samples) {
    history.record({ atSeconds: judged.atSeconds, ...latest });
    judge.add(judged);
  }
  const verdict = judge.verdict();
  const newest = samples.at(-1)?.latest as Latest;
  return { ...createFakeMonitor(), ...answers(newest, history, verdict, startedAt), verdict };
}

interface Sampled {
  readonly latest: Latest;
  readonly judged: SeriesSample;
}

function sampleAt(startedAt: Seconds, index: number): Sampled {
  const atSeconds = startedAt + index * INTERVAL_SECONDS;
  const sinceCollection = index % COLLECTION_EVERY_SAMPLES;
  const floor = (at: number) => 90 * MIB + at * INTERVAL_SECONDS * LEAK_BYTES_PER_SECOND + noise(at) * MIB;
  const heap: HeapSample = {
    ...(fakeOwn.heap as HeapSample),
    atSeconds,
    floorBytes: Math.round(floor(index - sinceCollection)),
    floorAtSeconds: atSeconds - sinceCollection * INTERVAL_SECONDS,
    usedBytes: Math.round(floor(index) + sinceCollection * 3 * MIB),
    totalBytes: Math.round(floor(index) + 40 * MIB),
    externalBytes: 14 * MIB,
  };
  const rssBytes = Math.round(heap.totalBytes + 70 * MIB + noise(index) * MIB);
  const process = leakingProcess(startedAt, rssBytes);
  const host = {
    ...fakeHost,
    atSeconds,
    cgroup: { ...cgroup(), usageBytes: rssBytes, workingSetBytes: rssBytes },
  };
  return {
    latest: {
      host,
      own: { ...fakeOwn, atSeconds, pid: LEAKING_PID, rssBytes, heap, workers: WORKERS },
      processes: [
        process,
        fakeProcess({ pid: 990, startTicks: 5, name: 'postgres', command: 'postgres', rssBytes: 402 * MIB }),
      ],
    },
    judged: {
      atSeconds,
      heapFloorBytes: heap.floorBytes as number,
      heapUsedBytes: heap.usedBytes,
      heapTotalBytes: heap.totalBytes,
      externalBytes: heap.externalBytes,
      rssBytes,
      limitBytes: LIMIT_BYTES,
      requestsPerSecond: 20 + noise(index),
    },
  };
}

/** Between -1 and 1, the same in every run. */
function noise(index: number): number {
  return Math.sin(index * 12.9898) * Math.cos(index * 78.233);
}

function cgroup() {
  const { cgroup: fake } = fakeHost;
  if (!fake) throw new Error('the fake host is in a control group');
  return { ...fake, limit: { kind: 'limited' as const, bytes: LIMIT_BYTES, path: '/shop' } };
}

function leakingProcess(startedAt: Seconds, rssBytes: number): ProcessSample {
  return fakeProcess({
    pid: LEAKING_PID,
    startedAtSeconds: startedAt,
    rssBytes,
    command: 'node src/server.ts',
  });
}

function answers(newest: Latest, history: History, verdict: Verdict, startedAt: Seconds): Partial<Monitor> {
  const calm = createFakeMonitor();
  const [process] = newest.processes as readonly [ProcessSample];
  const trend = trendOf(process, history, newest.host.atSeconds);
  return {
    status: () => ({
      ...calm.status(),
      mode: 'service',
      startedAtSeconds: startedAt,
      activeIncidents: 1,
      lastCheck: {
        startedAtSeconds: newest.host.atSeconds - 5,
        endedAtSeconds: newest.host.atSeconds - 5,
        status: 'warning',
      },
    }),
    latest: () => newest,
    hotspots: () => ({ ...calm.hotspots(), processTrends: [trend] }),
    processDetail: (pid, { memoryMap }) => {
      const sample = newest.processes.find((one) => one.pid === pid);
      if (!sample) return undefined;
      const map = memoryMap ? { memoryMap: { rssBytes: sample.rssBytes, pssBytes: sample.rssBytes } } : {};
      return pid === LEAKING_PID ? { sample, trend, verdict, ...map } : { sample, ...map };
    },
    hostSeries: (metric, range) => history.hostSeries(metric, range),
    processSeries: (id, metric, range) => history.processSeries(id, metric, range),
    trends: (hours) => ({ ...calm.trends(hours), verdicts: [verdict] }),
    verdicts: () => [verdict],
    incidents: () => [{ incident: incidentOf(verdict, newest.host.atSeconds), deliveries: [] }],
    profiling: () => ({
      ...fakeProfiling,
      kind: 'on',
      report: { sampler: SAMPLER, readings: 40, lastPauseSeconds: 0.002 },
      buffers: {
        atSeconds: newest.host.atSeconds,
        totalBytes: 14 * MIB,
        unattributedBytes: 2 * MIB,
        sites: [
          {
            ...(SITES[0] as SnapshotSite),
            functionName: 'receive',
            line: 88,
            liveBytes: 12 * MIB,
            count: 96,
          },
        ],
      },
      snapshots: [{ ...fakeSnapshot, atSeconds: newest.host.atSeconds - 600, sites: SITES }],
      growingSites: SITES.map((site, index) => ({
        site,
        growthBytes: site.liveBytes / 2,
        growthBytesPerSecond: site.liveBytes / 7200,
        growthInterval: { low: site.liveBytes / 8000, high: site.liveBytes / 6500 },
        rises: 28,
        steps: 31,
        share: index === 0 ? 0.82 : 0.18,
      })),
    }),
    previousRun: () => previousRunOf(newest.host.atSeconds),
    snapshotFile: (_, format) => writeProfile(profileOf(SITES), format),
    sourceExcerpt: (_, { line }) => ({
      firstLine: line - 2,
      lines: [
        'const pending = new Map();',
        '',
        'export function remember(order) {',
        '  pending.set(order.id, order);',
        '}',
      ],
    }),
  };
}

const WORKERS: WorkerThreads = {
  threads: [
    {
      threadId: 1,
      name: 'resize',
      heap: { ...(fakeOwn.heap as HeapSample), usedBytes: 60 * MIB },
      sampling: { kind: 'sampled' },
    },
  ],
  notShown: 0,
  outOfMemory: [{ threadId: 2, name: 'report', atSeconds: 0, heap: fakeOwn.heap as HeapSample }],
  outOfMemoryTotal: 1,
};

function previousRunOf(nowSeconds: Seconds): PreviousRun {
  return {
    pid: LEAKING_PID - 100,
    startedAtSeconds: nowSeconds - 12 * HOUR,
    lastSeenAtSeconds: nowSeconds - LEAKING_SECONDS - 5,
    cause: 'heap-limit',
    sentence: 'previous run died at 497 of 512 MiB; 71 % of the growth: src/orders.ts:41 remember',
    heapLimitBytes: 512 * MIB,
    growingSites: [],
    snapshotId: fakeSnapshot.id,
  };
}

const SAMPLER = {
  kind: 'native',
  sampleBytes: 524_288,
  stackDepth: 64,
  beforeApplication: true,
  inlining: false,
} as const;

const SITES: readonly SnapshotSite[] = [
  {
    functionName: 'remember',
    file: '/srv/shop/src/orders.ts',
    line: 41,
    column: 17,
    liveBytes: 180 * MIB,
    count: 900_000,
    origin: 'application',
  },
  {
    functionName: 'parse',
    file: '/srv/shop/node_modules/json/index.js',
    line: 7,
    column: 1,
    liveBytes: 20 * MIB,
    count: 90_000,
    origin: 'dependency',
    packageName: 'json',
    packageVersion: '1.2.3',
  },
];

function profileOf(sites: readonly SnapshotSite[]) {
  const builder = new ProfileBuilder();
  const outer = builder.frame({
    functionName: 'handle',
    file: '/srv/shop/src/server.ts',
    line: 12,
    column: 3,
  });
  for (const { functionName, file, line, column, liveBytes, count } of sites) {
    const frame = builder.frame({ functionName, file, line, column });
    builder.addSample(builder.stackOf([outer, frame]), liveBytes, count);
  }
  return builder.build({ counts: 'objects' });
}

function trendOf(process: ProcessSample, history: History, nowSeconds: Seconds): ProcessTrend {
  const range = { fromSeconds: nowSeconds - DAY, toSeconds: nowSeconds, maxPoints: 100 };
  const points = history.processSeries(process, 'rss', range).points;
  const values = points.map(({ mean }) => mean);
  const total = values.reduce((sum, value) => sum + value, 0);
  return {
    ...process,
    sampleCount: SAMPLES,
    cpuAverage: 3,
    cpuMax: 4,
    cpuMin: 2,
    rssAverageBytes: total / values.length,
    rssMaxBytes: Math.max(...values),
    rssMinBytes: Math.min(...values),
    firstSeenSeconds: process.startedAtSeconds,
    lastSeenSeconds: nowSeconds,
    rssTrend: {
      direction: 'increasing',
      slopePerHour: 60 * MIB,
      average: total / values.length,
      min: 0,
      max: 0,
      points: 100,
    },
    history: points.map(({ atSeconds, mean }) => ({
      atSeconds,
      rssBytes: mean,
      cpuPercent: 3,
    })),
  };
}

function incidentOf(verdict: Verdict, nowSeconds: Seconds): Incident {
  const seen = memoryLeak({
    verdicts: [verdict],
    leakNames: () => `node[${LEAKING_PID}]`,
    ownSubject: verdict.subject,
    growingSites: SITES.slice(0, 1).map((site) => ({
      site: { ...site, file: 'src/orders.ts' },
      share: 0.82,
    })),
    thresholds: { memoryPercent: 85, processRssBytes: LIMIT_BYTES },
  });
  if (seen.outcome !== 'breach') throw new Error(`the judge says ${verdict.kind}`);
  const { severity, message } = seen;
  const firedAt = nowSeconds - 1800;
  return {
    id: 'leak-1',
    key: 'memory_leak',
    type: 'leak',
    title: seen.title,
    state: 'firing',
    severity,
    message,
    startedAtSeconds: firedAt,
    told: { count: 1, last: 'firing', firingAtSeconds: firedAt, severities: [severity] },
    transitions: [{ atSeconds: firedAt, kind: 'fired', severity, message }],
  };
}
