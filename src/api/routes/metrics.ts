// For scrapers: what are the figures.
import type { Route } from '../route.ts';

export const METRICS_ROUTE: Route = {
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
};
