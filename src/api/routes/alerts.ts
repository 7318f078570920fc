// Incidents and what became of them; a test of every channel.
import { z } from 'zod';
import type { Delivery } from '../../model/index.ts';
import { hours, wholeNumber } from '../input.ts';
import { presentDelivery, presentIncidentRecord } from '../present/alert.ts';
import { jsonRoute, type Route } from '../route.ts';
import { alerts, testAlert } from '../schemas/index.ts';

const YEAR_HOURS = 8760;

const alertsQuery = z.object({
  hours: hours(0, YEAR_HOURS),
  limit: wholeNumber(1, 1000).default(200).describe('at most this many incidents'),
});

export const ALERT_ROUTES: readonly Route[] = [
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/alerts',
    summary: 'Incidents with their transitions and deliveries',
    query: alertsQuery,
    data: alerts,
    handle: ({ query }, { monitor }) => {
      const incidents = monitor.incidents(query.hours).slice(0, query.limit).map(presentIncidentRecord);
      const data = { hours: query.hours, count: incidents.length, incidents };
      return { data, message: `Incidents of the last ${query.hours} h` };
    },
  }),
  jsonRoute({
    method: 'POST',
    path: '/api/monitoring/test-alert',
    summary: 'Sends a test through every configured channel and says what each answered',
    data: testAlert,
    handle: async (_, { monitor }) => answerTest(await monitor.testAlert()),
  }),
];

function answerTest(deliveries: readonly Delivery[]) {
  const delivered = deliveries.filter(({ outcome }) => outcome === 'delivered').length;
  const failed = deliveries.length - delivered;
  return {
    success: delivered > 0 && failed === 0,
    data: { delivered, failed, deliveries: deliveries.map(presentDelivery) },
    message: `Delivered through ${delivered} of ${deliveries.length} configured channels`,
  };
}
