// The state of things: the monitor itself, one health check, and the seed's two large answers.
import type { HealthCheck as Check } from '../../monitor/monitor.ts';
import { formatTime } from '../../units/index.ts';
import { presentEntry } from '../present/alert.ts';
import { presentHotspots } from '../present/hotspots.ts';
import { presentPreviousRun } from '../present/previous-run.ts';
import { asIs, field } from '../present/quantity.ts';
import { presentStatus } from '../present/status.ts';
import { presentDetailedMetrics, presentOverview } from '../present/system.ts';
import { type ApiContext, jsonRoute, type Route } from '../route.ts';
import type { HealthCheck } from '../wire.ts';
import { withLatest } from './readiness.ts';

export const OVERVIEW_ROUTES: readonly Route[] = [
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/status',
    summary: 'How the monitor is set up, how it fares, what it costs',
    data: 'status',
    handle: (_, { monitor }) => ({ data: presentStatus(monitor), message: 'Status of the monitor' }),
  }),
  jsonRoute({
    method: 'POST',
    path: '/api/monitoring/health-check',
    summary: 'One health check now',
    description:
      'Takes a sample and shows the incidents as they stand. It does not count towards consecutive failures and notifies nobody.',
    data: 'healthCheck',
    handle: async (_, { monitor }) => answerCheck(await monitor.checkHealth(), monitor),
  }),
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/detailed-metrics',
    summary: 'Memory, CPU, the own process and active alerts, in the newest sample',
    data: 'detailedMetrics',
    problems: ['NOT_READY'],
    handle: (_, { monitor }) =>
      withLatest(monitor, (latest) => ({
        data: presentDetailedMetrics(monitor, latest),
        message: 'Detailed metrics of the newest sample',
      })),
  }),
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/hotspots',
    summary: 'Process trends, slow queries, slow endpoints, allocation snapshots',
    data: 'hotspots',
    handle: (_, { monitor }) => ({ data: presentHotspots(monitor), message: 'Diagnostics' }),
  }),
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/previous-run',
    summary: 'How the run of this program before this one died, and what grew',
    data: 'previousRunAnswer',
    handle: (_, { monitor }) => {
      const run = monitor.previousRun();
      const data = { previous_run: run ? presentPreviousRun(run) : null };
      return { data, message: run?.sentence ?? 'The previous run left nothing to tell' };
    },
  }),
];

function answerCheck(check: Check, monitor: ApiContext['monitor']) {
  return {
    success: check.status !== 'error',
    data: presentCheck(check, monitor),
    message: `Health check: ${check.status}`,
  };
}

function presentCheck(check: Check, monitor: ApiContext['monitor']): HealthCheck {
  return {
    timestamp: formatTime(check.atSeconds),
    status: check.status,
    alerts: check.alerts.map(presentEntry),
    ...field('metrics', check.latest, (latest) => presentOverview(monitor, latest)),
    ...field('error', check.error, asIs),
  };
}
