// What the monitor says of itself.
import type { Settings } from '../../config/index.ts';
import type { HistoryState } from '../../history/history.ts';
import type {
  ChannelState,
  CollectorSelf,
  Monitor,
  MonitorStatus,
  ProfilingState,
  SelfMeasurement,
} from '../../monitor/monitor.ts';
import { formatTime } from '../../units/index.ts';
import type { Status } from '../wire.ts';
import { previousRunField } from './previous-run.ts';
import { toMegabytes, toMilliseconds, toPercent } from './quantity.ts';
import { presentPrecise } from './snapshot.ts';
import { presentTracingSince } from './tracing.ts';

export function presentStatus(monitor: Monitor): Status {
  const status = monitor.status();
  const settings = monitor.settings();
  return {
    enabled: status.enabled,
    status: status.ready ? 'running' : 'starting',
    mode: status.mode,
    host: status.hostName,
    version: status.version,
    started_at: formatTime(status.startedAtSeconds),
    uptime_seconds: status.uptimeSeconds,
    check_interval: settings.healthCheckInterval,
    sample_interval: settings.sampleInterval,
    active_alerts: status.activeIncidents,
    last_check: presentLastCheck(status.lastCheck),
    thresholds: presentThresholds(settings),
    ...presentChannels(status.channels),
    runtime_settings: presentRuntimeSettings(settings),
    tracemalloc: presentTracingSince(monitor.tracemalloc.state()),
    ...presentProfiling(monitor.profiling()),
    ...previousRunField(monitor),
    history: presentHistoryState(status.history),
    self: presentSelf(status.self),
  };
}

export function presentThresholds(settings: Settings): Status['thresholds'] {
  return { memory: settings.memoryThreshold, process_rss_mb: settings.processRssThresholdMb };
}

function presentLastCheck(check: MonitorStatus['lastCheck']): Status['last_check'] {
  if (!check) return null;
  return {
    started_at: formatTime(check.startedAtSeconds),
    ended_at: formatTime(check.endedAtSeconds),
    status: check.status,
  };
}

function presentChannels(channels: readonly ChannelState[]): Pick<Status, 'channels' | 'channel_problems'> {
  const broken = channels.filter(({ problem }) => problem !== undefined);
  return {
    channels: Object.fromEntries(channels.map(({ name, configured }) => [name, configured])),
    channel_problems: Object.fromEntries(broken.map(({ name, problem }) => [name, problem ?? ''])),
  };
}

function presentRuntimeSettings(settings: Settings): Status['runtime_settings'] {
  return {
    memory_threshold: settings.memoryThreshold,
    health_check_interval: settings.healthCheckInterval,
    consecutive_failures: settings.consecutiveFailures,
    dedup_window_seconds: settings.dedupWindow,
    max_runtime_seconds: settings.maxRuntime ?? null,
    health_check_cooldown_seconds: settings.healthCheckCooldown,
    alert_recovery_minutes: settings.alertRecoveryMinutes,
  };
}

function presentProfiling(state: ProfilingState): Pick<Status, 'precise'> {
  return state.kind === 'on' ? presentPrecise(state.report.rewriting) : {};
}

function presentHistoryState(state: HistoryState): Status['history'] {
  switch (state.kind) {
    case 'memory':
      return { kind: 'memory' };
    case 'disk':
      return { kind: 'disk', path: state.path, size_mb: toMegabytes(state.sizeBytes) };
    case 'degraded':
      return {
        kind: 'degraded',
        path: state.path,
        reason: state.reason,
        since: formatTime(state.sinceSeconds),
      };
  }
}

function presentSelf(self: SelfMeasurement): Status['self'] {
  return {
    memory_mb: toMegabytes(self.memoryBytes),
    cpu_percent: toPercent(self.cpuRatio * 100),
    cpu_seconds: self.cpuSeconds,
    samples_total: self.samplesTotal,
    dropped_samples_total: self.droppedSamplesTotal,
    notifications_dropped_total: self.notificationsDroppedTotal,
    collectors: self.collectors.map(presentCollector),
  };
}

function presentCollector({ report, failuresTotal }: CollectorSelf): Status['self']['collectors'][number] {
  return {
    collector: report.collector,
    outcome: report.outcome,
    duration_ms: toMilliseconds(report.durationSeconds),
    failures_total: failuresTotal,
    ...(report.outcome === 'failed' ? { reason: report.reason } : {}),
  };
}
