// Incidents and what became of them; a test of every channel.
import { ALERT_KEYS, type Delivery } from '../../model/index.ts';
import type { Monitor } from '../../monitor/monitor.ts';
import { hours } from '../input.ts';
import { oneOf, otherwise, wholeNumber } from '../parameter.ts';
import { presentDelivery, presentIncidentRecord, presentSilence } from '../present/alert.ts';
import { jsonRoute, type Route } from '../route.ts';

const YEAR_HOURS = 8760;

const alertsQuery = {
  hours: hours(0, YEAR_HOURS),
  limit: otherwise(wholeNumber(1, 1000, 'at most this many incidents'), 200),
};

const MINUTE_SECONDS = 60;

export const ALERT_ROUTES: readonly Route[] = [
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/alerts',
    summary: 'Incidents with their transitions and deliveries',
    query: alertsQuery,
    data: 'alerts',
    handle: ({ query }, { monitor }) => {
      const incidents = monitor.incidents(query.hours).slice(0, query.limit).map(presentIncidentRecord);
      const data = { hours: query.hours, count: incidents.length, incidents, ...listSilences(monitor) };
      return { data, message: `Incidents of the last ${query.hours} h` };
    },
  }),
  jsonRoute({
    method: 'PUT',
    path: '/api/monitoring/alerts/:key/silence',
    summary: 'For a while, tells nobody that an alert fires',
    description:
      'Its incident goes on and is shown; its end is told to those who heard of it. A restart ends every silence.',
    params: { key: oneOf(ALERT_KEYS, 'of the alert, as `high_memory`') },
    body: 'silenceBody',
    data: 'silences',
    handle: ({ params, body }, { monitor }) => {
      monitor.silence(params.key, body.minutes * MINUTE_SECONDS);
      const message = body.minutes > 0 ? `Silenced for ${body.minutes} min` : 'No longer silenced';
      return { data: listSilences(monitor), message };
    },
  }),
  jsonRoute({
    method: 'POST',
    path: '/api/monitoring/test-alert',
    summary: 'Sends a test through every configured channel and says what each answered',
    data: 'testAlert',
    handle: async (_, { monitor }) => answerTest(await monitor.testAlert()),
  }),
];

function listSilences(monitor: Monitor) {
  return { silences: monitor.silences().map(presentSilence) };
}

function answerTest(deliveries: readonly Delivery[]) {
  const delivered = deliveries.filter(({ outcome }) => outcome === 'delivered').length;
  const failed = deliveries.length - delivered;
  return {
    success: delivered > 0 && failed === 0,
    data: { delivered, failed, deliveries: deliveries.map(presentDelivery) },
    message: `Delivered through ${delivered} of ${deliveries.length} configured channels`,
  };
}
