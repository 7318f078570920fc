// The overview of a host that detailed-metrics and a health check share.
import type { HostSample } from '../../model/index.ts';
import type { Latest, Monitor } from '../../monitor/monitor.ts';
import { formatTime } from '../../units/index.ts';
import type { DetailedMetrics, SystemOverview } from '../wire.ts';
import { summariseAlerts } from './alert.ts';
import { presentCgroup, presentPressure } from './cgroup.ts';
import { presentCpu } from './cpu.ts';
import { presentMemory } from './memory.ts';
import { presentOwnProcess } from './own-process.ts';
import { field } from './quantity.ts';

/** The trend shown beside current figures: long enough to outlast a burst, short enough to be about now. */
const TREND_HOURS = 1;

export function presentOverview(monitor: Monitor, latest: Latest): SystemOverview {
  const { host, own, processes } = latest;
  return {
    ...field('cpu', host.cpu, presentCpu),
    ...field('memory', monitor.memoryUsage(), (usage) => ({
      ...presentMemory(usage),
      trend: monitor.trends(TREND_HOURS).memory.direction,
    })),
    process: presentOwnProcess(
      own,
      processes.find(({ pid }) => pid === own.pid),
    ),
    ...presentContainer(host),
  };
}

function presentContainer({ pressure, cgroup }: HostSample) {
  return { ...field('pressure', pressure, presentPressure), ...field('cgroup', cgroup, presentCgroup) };
}

export function presentDetailedMetrics(monitor: Monitor, latest: Latest): DetailedMetrics {
  return {
    timestamp: formatTime(latest.host.atSeconds),
    system_overview: presentOverview(monitor, latest),
    alerts_summary: summariseAlerts(monitor.incidents(TREND_HOURS)),
  };
}
