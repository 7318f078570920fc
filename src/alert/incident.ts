// An incident's life: opened, escalated, reminded, resolved, reopened, closed. Each function returns the incident that follows
// and records the step among its transitions; none of them tells anyone.
import {
  type AlertKey,
  type Incident,
  type IncidentTransition,
  type Observation,
  SEVERITIES,
  type Severity,
} from '../model/index.ts';
import type { Seconds } from '../units/index.ts';

export type Breach = Extract<Observation, { readonly outcome: 'breach' }>;

/**
 * Transitions kept per incident. A reminder every five minutes fills it in eight hours; what happened before that is the
 * least interesting part of a long incident, except for its beginning, which stays.
 */
export const MAX_TRANSITIONS = 100;

/** `ordinal` tells two incidents of one key apart that start at the same time. */
export function openIncident(
  breach: Breach,
  startedAtSeconds: Seconds,
  atSeconds: Seconds,
  ordinal: number,
): Incident {
  const { key, type, title, severity, message } = breach;
  return {
    id: incidentId(key, startedAtSeconds, ordinal),
    key,
    type,
    title,
    state: 'firing',
    severity,
    message,
    startedAtSeconds,
    transitions: [{ atSeconds, kind: 'fired', severity, message }],
  };
}

function incidentId(key: AlertKey, startedAtSeconds: Seconds, ordinal: number): string {
  return `${key}-${Math.round(startedAtSeconds * 1000)}-${ordinal}`;
}

export function reopenIncident(incident: Incident, breach: Breach, atSeconds: Seconds): Incident {
  const { resolvedAtSeconds: _, ...rest } = incident;
  const { severity, message } = breach;
  return record({ ...rest, state: 'firing', severity, message }, 'reopened', atSeconds);
}

/** A firing incident as the newest failing check sees it; the same object when nothing is new. */
export function refreshIncident(incident: Incident, breach: Breach, atSeconds: Seconds): Incident {
  const { severity, message } = breach;
  if (severity === incident.severity && message === incident.message) return incident;
  const refreshed = { ...incident, severity, message };
  if (severity === incident.severity) return refreshed;
  return record(refreshed, isWorse(severity, incident.severity) ? 'escalated' : 'deescalated', atSeconds);
}

export function remindOfIncident(incident: Incident, atSeconds: Seconds): Incident {
  return record(incident, 'reminded', atSeconds);
}

export function resolveIncident(incident: Incident, atSeconds: Seconds): Incident {
  return record({ ...incident, state: 'resolved', resolvedAtSeconds: atSeconds }, 'resolved', atSeconds);
}

export function closeIncident(incident: Incident, atSeconds: Seconds): Incident {
  return record({ ...incident, state: 'closed' }, 'closed', atSeconds);
}

export function isWorse(severity: Severity, than: Severity): boolean {
  return SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(than);
}

function record(incident: Incident, kind: IncidentTransition['kind'], atSeconds: Seconds): Incident {
  const { severity, message, transitions } = incident;
  const [first, ...later] = [...transitions, { atSeconds, kind, severity, message }];
  const kept = later.slice(-(MAX_TRANSITIONS - 1));
  return { ...incident, transitions: first ? [first, ...kept] : kept };
}
