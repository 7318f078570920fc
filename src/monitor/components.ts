// The engine's own parts, put together: everything that has state, once per monitor, and the lines between them.
import type { Layers, Settings } from '../config/index.ts';
import { createProcessHistory, type ProcessHistory } from '../history/index.ts';
import { createExposition, type Exposition } from '../metrics/index.ts';
import { type Notification, present, type ThreadDeath } from '../model/index.ts';
import { createNotifier, type Notifier } from '../notify/index.ts';
import type { Seconds } from '../units/index.ts';
import { type Checking, createChecking } from './checking.ts';
import { createEvents, type Events } from './events.ts';
import { createLeakWatching, type LeakWatching } from './leak-watching.ts';
import { createLiveSettings, type LiveSettings } from './live-settings.ts';
import type { Log } from './log.ts';
import { metricsReading } from './metrics-reading.ts';
import { type Collections, createCollections } from './moments/index.ts';
import type { Hotspots, MonitorStatus, SlowEndpoint, SlowQuery } from './monitor.ts';
import type { EngineParts } from './parts.ts';
import { createProfiling, createTracing, type Tracing } from './profiling/index.ts';
import { createSampling, type Sampling } from './sampling.ts';
import { createSelfMeter, type SelfMeter } from './self-measurement.ts';
import { createSilences, type Silences } from './silences.ts';
import { createSlowLog, type SlowLog } from './slow-log.ts';
import { percentTrend, processTrend } from './trends.ts';

export interface EngineOptions {
  readonly parts: EngineParts;
  readonly mode: MonitorStatus['mode'];
  readonly version: string;
  /** They must load without a problem. */
  readonly layers: Layers;
}

export interface Components {
  readonly options: EngineOptions;
  readonly live: LiveSettings;
  readonly startedAt: { readonly wallSeconds: Seconds; readonly monotonicSeconds: Seconds };
  readonly events: Events;
  readonly meter: SelfMeter;
  readonly processHistory: ProcessHistory;
  readonly slowQueries: SlowLog<SlowQuery>;
  readonly slowEndpoints: SlowLog<SlowEndpoint>;
  readonly exposition: Exposition;
  readonly notifier: Notifier;
  readonly silences: Silences;
  readonly leaks: LeakWatching;
  readonly sampling: Sampling;
  readonly tracing: Tracing;
  readonly collections: Collections;
  readonly checking: Checking;
  hotspots(): Hotspots;
  /** Scrapes show what is so now. */
  refreshMetrics(): void;
}

/** Hours that the metric `metric_trend` looks back over. */
const TREND_HOURS = 1;

export function createComponents(options: EngineOptions): Components {
  const { parts } = options;
  const { clock, history, log } = parts;
  const live = createLiveSettings(options.layers, history);
  const settings = live.current;
  const base = {
    options,
    live,
    startedAt: { wallSeconds: clock.wallSeconds(), monotonicSeconds: clock.monotonicSeconds() },
    events: createEvents(),
    meter: createSelfMeter(clock, parts.self),
    processHistory: createProcessHistory({
      size: settings().processHistorySize,
      maxTracked: settings().trackedProcesses,
      ownPid: process.pid,
    }),
    slowQueries: createSlowLog<SlowQuery>(
      settings().slowQueryRingSize,
      () => settings().slowQueryThresholdMs / 1000,
    ),
    slowEndpoints: createSlowLog<SlowEndpoint>(
      settings().slowEndpointRingSize,
      () => settings().slowEndpointThresholdMs / 1000,
    ),
    exposition: createExposition({ prefix: settings().metricsPrefix, topSites: settings().tracemallocTopN }),
    notifier: createNotifier({ settings, log, clock }),
    silences: createSilences(clock),
    collections: createCollections(),
  };
  const leaks = createLeakWatching({
    clock,
    ownPid: process.pid,
    onChange: (verdict) => base.events.emit({ type: 'verdict', verdict }),
  });
  const sampling = createSampling({
    parts,
    processHistory: base.processHistory,
    meter: base.meter,
    onSample: (latest, tracked) => {
      leaks.observe(latest, tracked);
      base.collections.observe(latest.own.heap);
      tracing.profiling()?.observe(latest);
      refreshMetrics();
      base.events.emit({ type: 'sample', latest });
    },
  });
  const tracing = startTracing(options, settings, sampling);
  parts.workerThreads?.subscribe((event) => {
    if (event.type === 'out-of-memory') logThreadDeath(log, event.death);
  });
  base.events.subscribe((event) => {
    if (event.type === 'verdict' && event.verdict.kind === 'leaking')
      void tracing.profiling()?.take('growth');
  });
  const checking = createChecking({
    parts,
    settings,
    sampling,
    leaks,
    growingSites: () => tracing.profiling()?.growingSites() ?? [],
    onIncident: (incident) => base.events.emit({ type: 'alert', incident }),
    notify: (notification) => void deliver(notification),
  });
  const deliver = async (notification: Notification): Promise<void> => {
    const wasTold = () => history.deliveries(notification.incidentId).length > 0;
    if (!base.silences.lets(notification, wasTold)) return;
    for (const delivery of await base.notifier.send(notification)) history.saveDelivery(delivery);
  };
  const hotspots = (): Hotspots => ({
    processTrends: base.processHistory.trends().map(processTrend),
    slowQueries: base.slowQueries.entries(),
    slowEndpoints: base.slowEndpoints.entries(),
  });
  const refreshMetrics = (): void =>
    base.exposition.update(() =>
      metricsReading({
        latest: sampling.latest(),
        memoryTrend: percentTrend(history, 'memory_percent', TREND_HOURS, clock.wallSeconds()),
        hotspots: hotspots(),
        verdicts: leaks.verdicts(),
        snapshots: tracing.keeping()?.kept.list() ?? [],
        fired: checking.fired(),
        firing: checking.firing(),
        self: base.meter.read(base.notifier.dropped()),
        version: options.version,
        mode: options.mode,
      }),
    );
  return { ...base, leaks, sampling, tracing, checking, hotspots, refreshMetrics };
}

function logThreadDeath(log: Log, { threadId, name, heap }: ThreadDeath): void {
  log('error', 'worker thread ran out of memory', {
    threadId,
    name,
    ...present({ heapUsedBytes: heap?.usedBytes, heapLimitBytes: heap?.limitBytes }),
  });
}

function startTracing({ parts }: EngineOptions, settings: () => Settings, sampling: Sampling): Tracing {
  return createTracing({
    watched: parts.allocations,
    settings,
    clock: parts.clock,
    folder: parts.snapshotFolder,
    profile: (source, keeping) =>
      createProfiling({
        source,
        keeping,
        settings,
        clock: parts.clock,
        latest: sampling.latest,
        rssBytes: () => process.memoryUsage.rss(),
        workerThreads: parts.workerThreads,
        onMissed: (trigger, reason) =>
          parts.log('warning', 'allocation snapshot missed', { trigger, reason }),
      }),
  });
}
