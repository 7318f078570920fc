// For probes and scrapers: am I alive, am I ready, what are the figures.
import { jsonRoute, type Route } from '../route.ts';
import { liveness, readiness } from '../schemas/index.ts';
import { NOT_READY } from './readiness.ts';

export const PROBE_ROUTES: readonly Route[] = [
  jsonRoute({
    method: 'GET',
    path: '/healthz',
    summary: 'Liveness: the monitor answers',
    data: liveness,
    handle: () => ({ data: { status: 'alive' as const }, message: 'The monitor is alive' }),
  }),
  jsonRoute({
    method: 'GET',
    path: '/readyz',
    summary: 'Readiness: a first sample was taken',
    data: readiness,
    problems: ['NOT_READY'],
    handle: (_, { monitor }) =>
      monitor.latest()
        ? { data: { status: 'ready' as const }, message: 'The monitor has samples' }
        : NOT_READY,
  }),
  {
    method: 'GET',
    path: '/metrics',
    summary: 'Metrics for Prometheus',
    description: 'Text format 0.0.4, or OpenMetrics 1.0 when the Accept header asks for it.',
    answer: { kind: 'other', contentType: 'text/plain', description: 'the newest sample as metrics' },
    problems: [],
    respond: async ({ request }, { monitor }) => {
      const { contentType, body } = await monitor.metricsText(request.headers.get('accept') ?? undefined);
      return new Response(body, { headers: { 'content-type': contentType } });
    },
  },
];
