// A notification as JSON for machines: what a webhook receives and what the log says. Names and meanings are stable; new
// fields may be added, and `version` rises when one must change.
import { type Notification, PRIORITY_OF } from '../model/index.ts';
import { formatTime } from '../units/index.ts';

export interface NotificationPayload {
  readonly version: 1;
  /** Unique per notification and the same in every retry: deduplicate on it. */
  readonly id: string;
  /** The same for every notification of one incident. */
  readonly incident_id: string;
  /** `firing` again for the same incident is a reminder; `resolved` comes once. */
  readonly status: 'firing' | 'resolved' | 'test';
  readonly key: string;
  readonly type: string;
  readonly severity: 'warning' | 'medium' | 'high' | 'critical';
  readonly priority: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';
  readonly title: string;
  readonly message: string;
  /** The machine that is watched. */
  readonly host: string;
  /** ISO 8601 in UTC. */
  readonly started_at: string;
  readonly timestamp: string;
}

export function payloadOf(notification: Notification, host: string): NotificationPayload {
  const { id, incidentId, kind, key, type, severity, title, message } = notification;
  return {
    version: 1,
    id,
    incident_id: incidentId,
    status: kind,
    key,
    type,
    severity,
    priority: PRIORITY_OF[severity],
    title,
    message,
    host,
    started_at: formatTime(notification.startedAtSeconds),
    timestamp: formatTime(notification.atSeconds),
  };
}
