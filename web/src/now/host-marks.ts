// What happened to this host, as marks on its charts.
import type { Alerts, MemoryLeaks, Status } from '../../../src/api/wire.ts';
import { incidentMark, type Mark, snapshotMark } from '../chart/mark.ts';

interface Happened {
  readonly alerts: Alerts | undefined;
  readonly leaks: MemoryLeaks | undefined;
  readonly status: Status | undefined;
  /** Starts of the program that is watched, where the history knows of them. */
  readonly starts: readonly Mark[];
}

export function hostMarks({ alerts, leaks, status, starts }: Happened): Mark[] {
  return [
    ...(alerts?.incidents.map(incidentMark) ?? []),
    ...(starts.length > 0 ? starts : status ? [monitorStarted(status)] : []),
    ...(leaks?.snapshots.map(snapshotMark) ?? []),
  ];
}

function monitorStarted({ started_at }: Status): Mark {
  return { kind: 'restart', atSeconds: Date.parse(started_at) / 1000, label: 'the monitor started' };
}
