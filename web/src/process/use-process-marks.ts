// What happened to a process, as marks on its charts.
import { useMemo } from 'preact/hooks';
import type { Alerts, MemoryLeaks, ProcessRecord } from '../../../src/api/wire.ts';
import { incidentMark, type Mark, snapshotMark } from '../chart/mark.ts';
import { useMarks } from '../chart/use-marks.ts';
import { ALERTS, LEAKS } from '../connection/questions.ts';
import { useAnswer } from '../state/answer.ts';

/** Incidents are the host's, and explain much of what a process goes through; snapshots are those of the own heap. */
export function useProcessMarks({ pid, name, start_time }: ProcessRecord, isOwn: boolean): readonly Mark[] {
  const happened = useMarks(name, pid);
  const incidents = useAnswer<Alerts>(ALERTS).data?.incidents;
  const snapshots = useAnswer<MemoryLeaks>(isOwn ? LEAKS : undefined).data?.snapshots;
  return useMemo(() => {
    const started = {
      kind: 'restart',
      atSeconds: Date.parse(start_time) / 1000,
      label: `${name} started (${pid})`,
    } as const;
    return [
      ...(happened.some(({ kind }) => kind === 'restart') ? happened : [started, ...happened]),
      ...(incidents?.map(incidentMark) ?? []),
      ...(snapshots?.map(snapshotMark) ?? []),
    ];
  }, [happened, incidents, snapshots, start_time, name, pid]);
}
