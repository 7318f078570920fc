// What happened to this host, as marks on its charts.
import type { Alerts, MemoryLeaks, Status } from '../../../src/api/wire.ts';
import { incidentMark, type Mark } from '../chart/mark.ts';

export function hostMarks(
  alerts: Alerts | undefined,
  status: Status | undefined,
  leaks: MemoryLeaks | undefined,
): Mark[] {
  return [
    ...(alerts?.incidents.map(incidentMark) ?? []),
    ...(status ? [mark('restart', status.started_at, 'the monitor started')] : []),
    ...(leaks?.snapshots.map(({ timestamp }) => mark('snapshot', timestamp, 'allocation snapshot')) ?? []),
  ];
}

function mark(kind: Mark['kind'], timestamp: string, label: string): Mark {
  return { kind, atSeconds: Date.parse(timestamp) / 1000, label };
}
