// Alerts on the wire: the lines of a health check, incidents with what became of them, and what the channels answered.
import { z } from 'zod';
import { ALERT_KEYS, ALERT_TYPES, CHANNEL_NAMES, SEVERITIES } from '../../model/index.ts';
import { count, timestamp } from './scalar.ts';

export const alertKey = z.enum(ALERT_KEYS);
export const severity = z.enum(SEVERITIES);
export const alertType = z.enum(ALERT_TYPES);
export const healthStatus = z.enum(['healthy', 'warning', 'critical', 'error', 'disabled']);

const WEEK_MINUTES = 10_080;

export const silenceBody = z.strictObject({
  minutes: z.number().min(0).max(WEEK_MINUTES).describe('0 ends the silence'),
});

export const alertEntry = z.strictObject({
  key: alertKey,
  type: alertType,
  severity,
  message: z.string(),
  transient: z.literal(true).optional().describe('failing, but not yet often enough in a row to notify'),
  since: timestamp,
});

export const delivery = z.strictObject({
  notification_id: z.string(),
  incident_id: z.string(),
  channel: z.enum(CHANNEL_NAMES),
  timestamp,
  outcome: z.enum(['delivered', 'failed']),
  attempts: count,
  detail: z.string().describe('what the receiver answered, or why it could not be reached'),
});

export const transition = z.strictObject({
  timestamp,
  kind: z.enum(['fired', 'escalated', 'deescalated', 'reminded', 'resolved', 'reopened', 'closed']),
  severity,
  message: z.string(),
});

export const incident = z.strictObject({
  id: z.string(),
  key: alertKey,
  type: alertType,
  title: z.string(),
  state: z.enum(['firing', 'resolved', 'closed']),
  severity,
  message: z.string(),
  started_at: timestamp,
  resolved_at: timestamp.nullable(),
  notifications: count.describe('how often people were told, resolved included'),
  transitions: z.array(transition),
});

export const incidentRecord = incident.extend({ deliveries: z.array(delivery) });

export const silence = z.strictObject({
  key: alertKey,
  until: timestamp.describe('nobody is told that this alert fires before then'),
});

export const silences = z.strictObject({ silences: z.array(silence) });

export const alerts = z.strictObject({
  hours: z.number(),
  count,
  incidents: z.array(incidentRecord).describe('the newest first'),
  silences: z.array(silence).describe('those in force'),
});

export const activeAlert = z.strictObject({
  id: z.string(),
  key: alertKey,
  severity,
  title: z.string(),
  message: z.string(),
  since: timestamp,
});

export const alertsSummary = z.strictObject({
  active_alerts: count,
  by_severity: z.strictObject({ warning: count, medium: count, high: count, critical: count }),
  active: z.array(activeAlert),
});

export const testAlert = z.strictObject({
  delivered: count,
  failed: count,
  deliveries: z.array(delivery),
});
