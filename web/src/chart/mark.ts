// What happened, at a moment or over a stretch of time, to be seen on every chart.
import type { IncidentRecord, Snapshot } from '../../../src/api/wire.ts';
import type { Seconds } from '../../../src/units/index.ts';

export type MarkKind = 'warning' | 'medium' | 'high' | 'critical' | 'restart' | 'snapshot' | 'collection';

export interface Mark {
  readonly kind: MarkKind;
  readonly atSeconds: Seconds;
  /** Of a stretch; Infinity while it lasts. */
  readonly untilSeconds?: Seconds;
  readonly label: string;
}

export function incidentMark(incident: IncidentRecord): Mark {
  const { severity, title, started_at, resolved_at } = incident;
  return {
    kind: severity,
    atSeconds: Date.parse(started_at) / 1000,
    untilSeconds: resolved_at === null ? Number.POSITIVE_INFINITY : Date.parse(resolved_at) / 1000,
    label: title,
  };
}

export function snapshotMark({ timestamp }: Pick<Snapshot, 'timestamp'>): Mark {
  return { kind: 'snapshot', atSeconds: Date.parse(timestamp) / 1000, label: 'allocation snapshot' };
}
