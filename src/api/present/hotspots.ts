// The seed's hotspots, as its scripts read them: dictionaries by pid, milliseconds, megabytes.
import type { Settings } from '../../config/index.ts';
import { type ProcessKey, type ProcessSample, processKey } from '../../model/index.ts';
import type { Hotspots, Monitor, ProcessTrend, SlowEndpoint, SlowQuery } from '../../monitor/monitor.ts';
import { formatTime } from '../../units/index.ts';
import type {
  Hotspots as HotspotsWire,
  SlowEndpoint as SlowEndpointWire,
  SlowQuery as SlowQueryWire,
} from '../wire.ts';
import { presentProcessPoint, presentProcessTrend } from './process.ts';
import { toMilliseconds } from './quantity.ts';
import { presentSnapshot } from './snapshot.ts';

export function presentHotspots(monitor: Monitor): HotspotsWire {
  const settings = monitor.settings();
  const hotspots = monitor.hotspots();
  const profiling = monitor.profiling();
  const { snapshots } = profiling;
  const scanned = new Map(
    (monitor.latest()?.processes ?? []).map((process) => [processKey(process), process]),
  );
  return {
    config: presentConfig(settings),
    diagnostics: {
      ...presentProcesses(hotspots.processTrends, scanned),
      ...presentSlow(hotspots, settings),
      memory_snapshots: {
        count: snapshots.length,
        enabled: profiling.kind === 'on',
        threshold_mb: settings.tracemallocThresholdMb,
        snapshots: snapshots.map(presentSnapshot),
      },
    },
  };
}

function presentConfig(settings: Settings): HotspotsWire['config'] {
  return {
    slow_query_threshold_ms: settings.slowQueryThresholdMs,
    slow_query_ring_size: settings.slowQueryRingSize,
    slow_endpoint_threshold_ms: settings.slowEndpointThresholdMs,
    slow_endpoint_ring_size: settings.slowEndpointRingSize,
    process_history_size: settings.processHistorySize,
    tracemalloc_enabled: settings.tracemallocEnabled,
    tracemalloc_threshold_mb: settings.tracemallocThresholdMb,
    tracemalloc_top_n: settings.tracemallocTopN,
  };
}

/** Keyed by pid alone, as the seed has it: where a pid was reused, the process seen last is shown. */
function presentProcesses(
  trends: readonly ProcessTrend[],
  scanned: ReadonlyMap<ProcessKey, ProcessSample>,
): Pick<HotspotsWire['diagnostics'], 'process_trends' | 'process_history_raw'> {
  const oldestFirst = trends.toSorted((a, b) => a.lastSeenSeconds - b.lastSeenSeconds);
  return {
    process_trends: Object.fromEntries(
      oldestFirst.map((trend) => [trend.pid, presentProcessTrend(trend, scanned.get(processKey(trend)))]),
    ),
    process_history_raw: Object.fromEntries(
      oldestFirst.map((trend) => [trend.pid, trend.history.map(presentProcessPoint)]),
    ),
  };
}

function presentSlow(
  { slowQueries, slowEndpoints }: Hotspots,
  settings: Settings,
): Pick<HotspotsWire['diagnostics'], 'slow_queries' | 'slow_endpoints'> {
  return {
    slow_queries: {
      count: slowQueries.length,
      threshold_ms: settings.slowQueryThresholdMs,
      queries: slowQueries.map(presentQuery),
    },
    slow_endpoints: {
      count: slowEndpoints.length,
      threshold_ms: settings.slowEndpointThresholdMs,
      endpoints: slowEndpoints.map(presentEndpoint),
    },
  };
}

function presentQuery(query: SlowQuery): SlowQueryWire {
  return {
    timestamp: formatTime(query.atSeconds),
    query: query.query,
    duration_ms: toMilliseconds(query.durationSeconds),
    params: query.params ?? null,
  };
}

function presentEndpoint(endpoint: SlowEndpoint): SlowEndpointWire {
  return {
    timestamp: formatTime(endpoint.atSeconds),
    method: endpoint.method,
    path: endpoint.path,
    duration_ms: toMilliseconds(endpoint.durationSeconds),
    status_code: endpoint.statusCode,
  };
}
