// The event stream.
import { problemResponse } from '../problems.ts';
import type { Route } from '../route.ts';

const RETRY_AFTER_SECONDS = 30;

const HEADERS = {
  'content-type': 'text/event-stream',
  // Proxies that gather answers before they pass them on would hold events back.
  'x-accel-buffering': 'no',
};

export const EVENT_ROUTE: Route = {
  method: 'GET',
  path: '/api/monitoring/events',
  summary: 'Server-sent events: sample, alert, verdict',
  description:
    'Starts with the newest sample. A comment every 15 s keeps the stream open; a reader that does not keep up is let go.',
  answer: {
    kind: 'other',
    contentType: 'text/event-stream',
    description:
      'events named sample (SampleEvent), alert (Incident) and verdict (Verdict), their data in JSON',
  },
  problems: ['TOO_MANY_SUBSCRIBERS'],
  respond: async ({ request }, { events }) => {
    if (request.method === 'HEAD') return new Response(null, { headers: HEADERS });
    const stream = events.open();
    if (stream) return new Response(stream, { headers: HEADERS });
    const headers = { 'retry-after': String(RETRY_AFTER_SECONDS) };
    return problemResponse({ refusal: 'TOO_MANY_SUBSCRIBERS', headers });
  },
};
