// The event stream.
import type { EventHub } from '../events/hub.ts';
import { problemResponse } from '../problems.ts';
import type { Route } from '../route.ts';

const RETRY_AFTER_SECONDS = 30;

const HEADERS = {
  'content-type': 'text/event-stream',
  // Proxies that gather answers before they pass them on would hold events back.
  'x-accel-buffering': 'no',
};

export function eventRoute(hub: EventHub): Route {
  return {
    method: 'GET',
    path: '/api/monitoring/events',
    summary: 'Server-sent events: sample, alert, verdict',
    description:
      'Starts with the newest sample. A comment every 15 s keeps the stream open; a reader that does not keep up is let go.',
    answer: {
      kind: 'other',
      contentType: 'text/event-stream',
      description:
        'Events named sample (SampleEvent), alert (Incident) and verdict (Verdict), their data in JSON',
    },
    problems: ['TOO_MANY_SUBSCRIBERS'],
    respond: async ({ request }) => {
      if (request.method === 'HEAD') return new Response(null, { headers: HEADERS });
      const stream = hub.open();
      if (stream) return new Response(stream, { headers: HEADERS });
      const headers = { 'retry-after': String(RETRY_AFTER_SECONDS) };
      return problemResponse({ refusal: 'TOO_MANY_SUBSCRIBERS', headers });
    },
  };
}
