// When an incident was closed for good, and in what order incidents and deliveries are told.
import type { Delivery, Incident } from '../model/index.ts';
import type { Seconds } from '../units/index.ts';

/** Absent while it may still fire again. */
export function closedAtSeconds(incident: Incident): Seconds | undefined {
  if (incident.state !== 'closed') return undefined;
  const closing = incident.transitions.findLast(({ kind }) => kind === 'closed');
  return closing?.atSeconds ?? incident.resolvedAtSeconds ?? incident.startedAtSeconds;
}

/** The newest first. */
export function byStart(a: Incident, b: Incident): number {
  return b.startedAtSeconds - a.startedAtSeconds || compareText(a.id, b.id);
}

/** The oldest first. */
export function byDelivery(a: Delivery, b: Delivery): number {
  return (
    a.atSeconds - b.atSeconds ||
    compareText(a.notificationId, b.notificationId) ||
    compareText(a.channel, b.channel)
  );
}

/** By code units, as SQLite's BINARY collation orders ASCII. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
