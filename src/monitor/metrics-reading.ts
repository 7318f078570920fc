// What a scrape shows, out of what the engine has at hand.
import type { MetricsReading } from '../metrics/index.ts';
import { type Incident, present, type Severity, type Trend, type Verdict } from '../model/index.ts';
import type { FiredCount } from './checking.ts';
import type { Hotspots, Latest, MonitorStatus, SelfMeasurement, SnapshotRecord } from './monitor.ts';

export interface AtHand {
  readonly latest: Latest | undefined;
  readonly memoryTrend: Trend;
  readonly hotspots: Hotspots;
  readonly verdicts: readonly Verdict[];
  readonly snapshots: readonly SnapshotRecord[];
  readonly fired: readonly FiredCount[];
  readonly firing: readonly Incident[];
  readonly self: SelfMeasurement;
  readonly version: string;
  readonly mode: MonitorStatus['mode'];
}

export function metricsReading(at: AtHand): MetricsReading {
  const { processTrends, slowQueries, slowEndpoints } = at.hotspots;
  return {
    ...present({
      host: at.latest?.host,
      own: at.latest?.own,
      memoryTrendPerHour: slopeOf(at.memoryTrend),
      requestsTotal: at.latest?.own.requestsTotal,
      oldSpaceLimitBytes: at.latest?.own.heap?.oldSpaceLimitBytes,
    }),
    // A series for each subject that cannot be judged yet would say nothing.
    verdicts: at.verdicts.filter(({ kind }) => kind !== 'not-enough-data'),
    processes: processTrends.map(({ pid, name, rssAverageBytes, cpuAverage }) => ({
      pid,
      name,
      rssAverageBytes,
      cpuAverage,
    })),
    snapshotsCount: at.snapshots.length,
    sites: at.snapshots.at(-1)?.sites ?? [],
    processHistoryCount: processTrends.length,
    slowQueries: slowOperations(slowQueries),
    slowEndpoints: slowOperations(slowEndpoints),
    alerts: { fired: at.fired, active: countBySeverity(at.firing) },
    self: at.self,
    build: { version: at.version, mode: at.mode },
  };
}

function slopeOf({ direction, slopePerHour }: Trend): number | undefined {
  return direction === 'insufficient_data' ? undefined : slopePerHour;
}

function slowOperations(entries: readonly { readonly durationSeconds: number }[]) {
  return { count: entries.length, ...present({ slowestSeconds: entries[0]?.durationSeconds }) };
}

function countBySeverity(incidents: readonly Incident[]): Partial<Record<Severity, number>> {
  const counts: Partial<Record<Severity, number>> = {};
  for (const { severity } of incidents) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
}
