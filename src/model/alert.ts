// The words of alerting: what is checked, how bad it is, what became of it.
import type { Seconds } from '../units/index.ts';

export const ALERT_KEYS = [
  'high_memory',
  'high_swap_activity',
  'process_memory',
  'memory_leak',
  'heap_near_limit',
  'cgroup_near_limit',
  'oom_kill',
  'memory_pressure',
  'monitoring_failure',
  'monitoring_timeout',
] as const;

export type AlertKey = (typeof ALERT_KEYS)[number];

/** The seed's `type` of an alert: what it is about. */
export const ALERT_TYPES = [
  'memory',
  'swap',
  'process',
  'heap',
  'cgroup',
  'pressure',
  'leak',
  'monitoring',
] as const;
export type AlertType = (typeof ALERT_TYPES)[number];

/** In rising order. `critical` is for what cannot wait: an OOM kill, a death near the limit, the monitor's own failure. */
export const SEVERITIES = ['warning', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The names of the notification routes. */
export const PRIORITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const PRIORITY_OF: Readonly<Record<Severity, Priority>> = {
  warning: 'LOW',
  medium: 'MEDIUM',
  high: 'HIGH',
  critical: 'CRITICAL',
};

/** What one rule saw in one check. `unknown`: there was nothing to judge, so nothing changes. */
export type Observation =
  | { readonly key: AlertKey; readonly outcome: 'healthy' | 'unknown' }
  | {
      readonly key: AlertKey;
      readonly outcome: 'breach';
      readonly type: AlertType;
      readonly severity: Severity;
      /** A short headline: `High memory usage`. */
      readonly title: string;
      /** One sentence with its figures. */
      readonly message: string;
      /** Acts at once, without waiting for consecutive failures: an event that will not come again (an OOM kill). */
      readonly immediate?: boolean;
    };

/** One line of a health check's `alerts`. */
export interface AlertEntry {
  readonly key: AlertKey;
  readonly type: AlertType;
  readonly severity: Severity;
  readonly message: string;
  /** A failing check that has not yet been followed by enough others: seen, told to nobody. */
  readonly transient?: true;
  readonly sinceSeconds: Seconds;
}

export type IncidentState = 'firing' | 'resolved' | 'closed';

export interface IncidentTransition {
  readonly atSeconds: Seconds;
  readonly kind: 'fired' | 'escalated' | 'deescalated' | 'reminded' | 'resolved' | 'reopened' | 'closed';
  readonly severity: Severity;
  readonly message: string;
}

/** What people were told of an incident. Deduplication goes by it, also after a restart. */
export interface IncidentNotices {
  /** Notifications so far, resolved ones included. */
  readonly count: number;
  readonly last: 'firing' | 'resolved';
  /** When they were last told that it fires. */
  readonly firingAtSeconds: Seconds;
  /** Each severity it was told at since they were last told of its end: whoever heard of it hears of its end. */
  readonly severities: readonly Severity[];
}

/** One breach of one rule, from its start to its close. A store has to keep every field: the engine restarts from it. */
export interface Incident {
  readonly id: string;
  readonly key: AlertKey;
  readonly type: AlertType;
  readonly title: string;
  readonly state: IncidentState;
  readonly severity: Severity;
  readonly message: string;
  /** The first of the failing checks that raised it. */
  readonly startedAtSeconds: Seconds;
  readonly resolvedAtSeconds?: Seconds;
  /** Absent while nobody was told. */
  readonly told?: IncidentNotices;
  readonly transitions: readonly IncidentTransition[];
}

/** What has to be told to people: made by the state machine, sent by the channels. */
export interface Notification {
  /** Unique per notification; a receiver can deduplicate on it. */
  readonly id: string;
  readonly incidentId: string;
  /** A reminder that an incident still fires is `firing` too, with the same `incidentId`. */
  readonly kind: 'firing' | 'resolved' | 'test';
  readonly key: AlertKey | 'test';
  readonly type: AlertType;
  readonly severity: Severity;
  /** With `resolved`: each severity it was told at, so that the end reaches every channel that heard of the incident. */
  readonly toldSeverities?: readonly Severity[];
  readonly title: string;
  readonly message: string;
  readonly startedAtSeconds: Seconds;
  readonly atSeconds: Seconds;
}

export const CHANNEL_NAMES = [
  'telegram',
  'email',
  'webhook',
  'slack',
  'discord',
  'teams',
  'pagerduty',
  'ntfy',
  'alertmanager',
  'command',
  'log',
] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

/** What became of one notification on one channel. */
export interface Delivery {
  readonly notificationId: string;
  readonly incidentId: string;
  readonly channel: ChannelName;
  readonly atSeconds: Seconds;
  readonly outcome: 'delivered' | 'failed';
  readonly attempts: number;
  /** What the receiver answered, or why it could not be reached; never a secret. */
  readonly detail: string;
}

export type HealthStatus = 'healthy' | 'warning' | 'critical' | 'error' | 'disabled';
