// One event of the stream, small enough to be sent at every sample.
import type { Latest, MonitorEvent } from '../../monitor/monitor.ts';
import { formatTime } from '../../units/index.ts';
import type { EventData } from '../wire.ts';
import { presentIncident } from './alert.ts';
import { presentCgroup, presentPressure } from './cgroup.ts';
import { presentSwap, presentVirtual } from './memory.ts';
import { presentOwnProcess } from './own-process.ts';
import { field, toPercent } from './quantity.ts';
import { presentVerdict } from './verdict.ts';

/** A table on a screen; whoever wants more asks for the processes. */
const EVENT_PROCESSES = 20;

/** The `data:` of one event. */
export function presentEvent(event: MonitorEvent): EventData[keyof EventData] {
  switch (event.type) {
    case 'sample':
      return presentSample(event.latest);
    case 'alert':
      return presentIncident(event.incident);
    case 'verdict':
      return presentVerdict(event.verdict);
  }
}

function presentSample({ host, own, processes }: Latest): EventData['sample'] {
  return {
    timestamp: formatTime(host.atSeconds),
    ...field('memory', host.memory, presentVirtual),
    ...field('swap', host.swap, presentSwap),
    ...field('pressure', host.pressure, presentPressure),
    ...field('cgroup', host.cgroup, presentCgroup),
    process: presentOwnProcess(
      own,
      processes.find(({ pid }) => pid === own.pid),
    ),
    top_processes: largest(processes).map((process) => ({
      pid: process.pid,
      start_ticks: process.startTicks,
      start_time: formatTime(process.startedAtSeconds),
      name: process.name,
      rss_bytes: process.rssBytes,
      cpu_percent: process.cpuPercent === undefined ? null : toPercent(process.cpuPercent),
    })),
  };
}

function largest(processes: Latest['processes']): Latest['processes'] {
  return processes.toSorted((a, b) => b.rssBytes - a.rssBytes).slice(0, EVENT_PROCESSES);
}
