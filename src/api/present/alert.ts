// Alerts, incidents and deliveries; what fires now, in numbers.
import type { AlertEntry, Delivery, Incident, IncidentTransition, Severity } from '../../model/index.ts';
import type { IncidentRecord } from '../../monitor/monitor.ts';
import type { Silence } from '../../monitor/silences.ts';
import { formatTime } from '../../units/index.ts';
import type {
  ActiveAlert,
  AlertEntry as AlertEntryWire,
  AlertsSummary,
  Delivery as DeliveryWire,
  IncidentRecord as IncidentRecordWire,
  Incident as IncidentWire,
  Silence as SilenceWire,
  Transition,
} from '../wire.ts';

export function presentEntry(entry: AlertEntry): AlertEntryWire {
  return {
    key: entry.key,
    type: entry.type,
    severity: entry.severity,
    message: entry.message,
    ...(entry.transient ? { transient: true as const } : {}),
    since: formatTime(entry.sinceSeconds),
  };
}

export function presentSilence({ key, untilSeconds }: Silence): SilenceWire {
  return { key, until: formatTime(untilSeconds) };
}

export function presentIncident(incident: Incident): IncidentWire {
  return {
    id: incident.id,
    key: incident.key,
    type: incident.type,
    title: incident.title,
    state: incident.state,
    severity: incident.severity,
    message: incident.message,
    started_at: formatTime(incident.startedAtSeconds),
    resolved_at: incident.resolvedAtSeconds === undefined ? null : formatTime(incident.resolvedAtSeconds),
    notifications: incident.told?.count ?? 0,
    transitions: incident.transitions.map(presentTransition),
  };
}

function presentTransition(transition: IncidentTransition): Transition {
  return {
    timestamp: formatTime(transition.atSeconds),
    kind: transition.kind,
    severity: transition.severity,
    message: transition.message,
  };
}

export function presentIncidentRecord({ incident, deliveries }: IncidentRecord): IncidentRecordWire {
  return { ...presentIncident(incident), deliveries: deliveries.map(presentDelivery) };
}

export function presentDelivery(delivery: Delivery): DeliveryWire {
  return {
    notification_id: delivery.notificationId,
    incident_id: delivery.incidentId,
    channel: delivery.channel,
    timestamp: formatTime(delivery.atSeconds),
    outcome: delivery.outcome,
    attempts: delivery.attempts,
    detail: delivery.detail,
  };
}

/** What fires now, counted by severity. */
export function summariseAlerts(records: readonly IncidentRecord[]): AlertsSummary {
  const firing = records.map(({ incident }) => incident).filter(({ state }) => state === 'firing');
  const bySeverity: Record<Severity, number> = { warning: 0, medium: 0, high: 0, critical: 0 };
  for (const { severity } of firing) bySeverity[severity] += 1;
  return { active_alerts: firing.length, by_severity: bySeverity, active: firing.map(presentActive) };
}

function presentActive(incident: Incident): ActiveAlert {
  return {
    id: incident.id,
    key: incident.key,
    severity: incident.severity,
    title: incident.title,
    message: incident.message,
    since: formatTime(incident.startedAtSeconds),
  };
}
