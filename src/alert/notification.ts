// What people are told of an incident, and the note on the incident that they were told.
import type { Incident, IncidentNotices, Notification } from '../model/index.ts';
import { formatDuration, type Seconds } from '../units/index.ts';
import { elapsedSeconds } from './state.ts';

export interface Told {
  readonly incident: Incident;
  readonly notification: Notification;
}

/** That it fires: for the first time, again after a resolution, or still. */
export function tellFiring(incident: Incident, atSeconds: Seconds): Told {
  const before = incident.told?.last === 'firing' ? incident.told.severities : [];
  const told: IncidentNotices = {
    count: (incident.told?.count ?? 0) + 1,
    last: 'firing',
    firingAtSeconds: atSeconds,
    severities: [...new Set([...before, incident.severity])],
  };
  const { message } = incident;
  return {
    incident: { ...incident, told },
    notification: { ...notificationOf(incident, told, atSeconds), message },
  };
}

/** That it is over; nothing when people were not told that it fires. */
export function tellResolved(incident: Incident, atSeconds: Seconds): Told | undefined {
  if (incident.told?.last !== 'firing') return undefined;
  const told: IncidentNotices = { ...incident.told, count: incident.told.count + 1, last: 'resolved' };
  const lasted = formatDuration(elapsedSeconds(incident.startedAtSeconds, atSeconds));
  const message = `Resolved after ${lasted}. Last seen: ${incident.message}`;
  const notification = notificationOf(incident, told, atSeconds);
  return {
    incident: { ...incident, told },
    notification: { ...notification, message, toldSeverities: told.severities },
  };
}

function notificationOf(incident: Incident, told: IncidentNotices, atSeconds: Seconds): Notification {
  const { key, type, severity, title, message, startedAtSeconds } = incident;
  return {
    id: `${incident.id}-${told.count}`,
    incidentId: incident.id,
    kind: told.last,
    key,
    type,
    severity,
    title,
    message,
    startedAtSeconds,
    atSeconds,
  };
}
