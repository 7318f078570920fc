// What the engine answers out of what it already has: nothing here samples, schedules or changes anything.
import { hostname } from 'node:os';
import type { SeriesRange } from '../history/history.ts';
import { topProcesses } from '../host/index.ts';
import { type ProcessSample, present } from '../model/index.ts';
import { HOUR } from '../units/index.ts';
import type { Components } from './components.ts';
import { processSubject } from './leak-watching.ts';
import { type ProcessStart, startsOf } from './moments/index.ts';
import type { Latest, MemoryUsage, Monitor, MonitorStatus, ProcessDetail, ProcessTrend } from './monitor.ts';
import { createSnapshotAnswers, type SnapshotAnswers } from './profiling/index.ts';
import { percentTrend, processTrend } from './trends.ts';

export type Answers = SnapshotAnswers &
  Pick<
    Monitor,
    | 'settings'
    | 'effectiveSettings'
    | 'status'
    | 'latest'
    | 'memoryUsage'
    | 'hotspots'
    | 'processDetail'
    | 'hostSeries'
    | 'processSeries'
    | 'trends'
    | 'verdicts'
    | 'incidents'
    | 'starts'
    | 'collections'
    | 'previousRun'
    | 'metricsText'
  >;

export function createAnswers(components: Components): Answers {
  const { live, sampling, exposition, hotspots } = components;
  const { history, clock } = components.options.parts;
  return {
    settings: live.current,
    effectiveSettings: live.effective,
    status: () => statusOf(components),
    latest: sampling.latest,
    memoryUsage: () => memoryUsageOf(sampling.latest()),
    hotspots,
    processDetail: (pid, { memoryMap }) => processDetailOf(components, pid, memoryMap),
    hostSeries: (metric, range) => history.hostSeries(metric, range),
    processSeries: (id, metric, range) => history.processSeries(id, metric, range),
    trends: (hours) => {
      const nowSeconds = clock.wallSeconds();
      return {
        hours,
        memory: percentTrend(history, 'memory_percent', hours, nowSeconds),
        swap: percentTrend(history, 'swap_percent', hours, nowSeconds),
        verdicts: components.leaks.verdicts(),
      };
    },
    verdicts: () => components.leaks.verdicts(),
    incidents: (hours) =>
      history
        .incidents(clock.wallSeconds() - hours * HOUR)
        .map((incident) => ({ incident, deliveries: history.deliveries(incident.id) })),
    previousRun: () => components.options.parts.previousRun,
    starts: (pid, range) => startsOfProcess(components, pid, range),
    collections: ({ fromSeconds, toSeconds }) => components.collections.between(fromSeconds, toSeconds),
    ...createSnapshotAnswers(components.tracing),
    metricsText: exposition.text,
  };
}

function statusOf({
  options,
  live,
  startedAt,
  sampling,
  checking,
  notifier,
  meter,
}: Components): MonitorStatus {
  const { parts, mode, version } = options;
  return {
    mode,
    hostName: hostname(),
    version,
    enabled: live.current().alertingEnabled,
    startedAtSeconds: startedAt.wallSeconds,
    uptimeSeconds: parts.clock.monotonicSeconds() - startedAt.monotonicSeconds,
    ready: sampling.latest() !== undefined,
    channels: notifier.channels(),
    history: parts.history.state(),
    self: meter.read(notifier.dropped()),
    activeIncidents: checking.firing().length,
    ...present({ lastCheck: checking.last() }),
  };
}

function memoryUsageOf(latest: Latest | undefined): MemoryUsage | undefined {
  const { memory, swap } = latest?.host ?? {};
  if (!latest || !memory || !swap) return undefined;
  return { virtual: memory, swap, topProcesses: topProcesses(latest) };
}

function processDetailOf(components: Components, pid: number, memoryMap: boolean): ProcessDetail | undefined {
  const sample = components.sampling.latest()?.processes.find((process) => process.pid === pid);
  if (!sample) return undefined;
  return {
    sample,
    ...present({
      trend: trendOfProcess(components, sample),
      verdict: components.leaks.verdictOn(processSubject(pid)),
      memoryMap: memoryMap ? components.options.parts.memoryMap(pid) : undefined,
    }),
  };
}

function trendOfProcess(
  { processHistory }: Components,
  { pid, startTicks }: ProcessSample,
): ProcessTrend | undefined {
  const tracked = processHistory
    .trends()
    .find((trend) => trend.pid === pid && trend.startTicks === startTicks);
  return tracked && processTrend(tracked);
}

function startsOfProcess(
  { sampling, options }: Components,
  pid: number,
  range: SeriesRange,
): readonly ProcessStart[] {
  const process = sampling.latest()?.processes.find((sample) => sample.pid === pid);
  if (!process) return [];
  const { fromSeconds, toSeconds } = range;
  return startsOf(process, options.parts.history.knownProcesses(range)).filter(
    ({ atSeconds }) => atSeconds >= fromSeconds && atSeconds <= toSeconds,
  );
}
