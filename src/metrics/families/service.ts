// The alerts, and how busy and how slow the watched service is.
import { ALERT_TYPES, SEVERITIES } from '../../model/index.ts';
import { each, type Family, single } from '../family.ts';

const MILLISECONDS = 1000;

function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * MILLISECONDS;
}

export const ALERT_FAMILIES: readonly Family[] = [
  {
    name: 'alerts_total',
    type: 'counter',
    origin: 'seed',
    labels: { type: ALERT_TYPES, severity: SEVERITIES },
    help: 'Incidents fired since the monitor started.',
    series: ({ alerts }) =>
      (alerts?.fired ?? []).map(({ type, severity, total }) => ({
        labels: { type, severity },
        value: total,
      })),
  },
  {
    name: 'active_alerts',
    type: 'gauge',
    origin: 'seed',
    labels: { severity: SEVERITIES },
    help: 'Incidents firing now.',
    series: ({ alerts }) =>
      alerts === undefined
        ? []
        : each(
            'severity',
            Object.fromEntries(SEVERITIES.map((severity) => [severity, alerts.active[severity] ?? 0])),
          ),
  },
];

export const SERVICE_FAMILIES: readonly Family[] = [
  {
    name: 'http_requests_total',
    type: 'counter',
    origin: 'new',
    labels: {},
    help: 'HTTP requests finished by the service since it started.',
    series: ({ requestsTotal }) => single(requestsTotal),
  },
  {
    name: 'slow_queries_count',
    type: 'gauge',
    origin: 'seed',
    labels: {},
    help: 'Slow database queries kept.',
    series: ({ slowQueries }) => single(slowQueries?.count),
  },
  {
    name: 'slow_queries_slowest_ms',
    type: 'gauge',
    origin: 'seed',
    labels: {},
    help: 'Duration of the slowest database query kept, in milliseconds.',
    series: ({ slowQueries }) => single(milliseconds(slowQueries?.slowestSeconds)),
  },
  {
    name: 'slow_endpoints_count',
    type: 'gauge',
    origin: 'seed',
    labels: {},
    help: 'Slow HTTP requests kept.',
    series: ({ slowEndpoints }) => single(slowEndpoints?.count),
  },
  {
    name: 'slow_endpoints_slowest_ms',
    type: 'gauge',
    origin: 'seed',
    labels: {},
    help: 'Duration of the slowest HTTP request kept, in milliseconds.',
    series: ({ slowEndpoints }) => single(milliseconds(slowEndpoints?.slowestSeconds)),
  },
];
