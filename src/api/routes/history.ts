// The past of the host: trends in words and numbers, series for charts.
import type { HostMetric } from '../../history/history.ts';
import { formatTime } from '../../units/index.ts';
import { hours, range, toRange } from '../input.ts';
import { nameList, otherwise } from '../parameter.ts';
import { HOST_METRIC_UNITS, presentSeries } from '../present/history.ts';
import { presentColumns } from '../present/history-columns.ts';
import { presentTrends } from '../present/verdict.ts';
import { jsonRoute, type Route } from '../route.ts';

const HOST_METRICS = Object.keys(HOST_METRIC_UNITS) as HostMetric[];

const historyQuery = {
  metric: otherwise(
    nameList(HOST_METRICS, `a comma list of ${HOST_METRICS.join(', ')}`),
    ['memory_percent'],
    'memory_percent',
  ),
  ...range,
};

export const HISTORY_ROUTES: readonly Route[] = [
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/trends',
    summary: 'Memory and swap: slope, direction, verdict',
    query: { hours: hours(1, 168) },
    data: 'trends',
    handle: ({ query }, { monitor }) => ({
      data: presentTrends(monitor.trends(query.hours)),
      message: `Trends over ${query.hours} h`,
    }),
  }),
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/history',
    summary: 'Series of the host and the own process, for charts',
    query: historyQuery,
    data: 'history',
    handle: ({ query }, { monitor, now }) => {
      const range = toRange(query, now());
      if ('refusal' in range) return range;
      const series = query.metric.map((metric) =>
        presentSeries(metric, HOST_METRIC_UNITS[metric], monitor.hostSeries(metric, range)),
      );
      const data = { from: formatTime(range.fromSeconds), to: formatTime(range.toSeconds), series };
      return { data, message: 'History' };
    },
  }),
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/history/columns',
    summary: 'The same series as columns, for charts: a few bytes a point',
    query: historyQuery,
    data: 'historyColumns',
    handle: ({ query }, { monitor, now }) => {
      const range = toRange(query, now());
      if ('refusal' in range) return range;
      const series = query.metric.map((metric) => ({
        metric,
        unit: HOST_METRIC_UNITS[metric],
        series: monitor.hostSeries(metric, range),
      }));
      return { data: presentColumns(range, series), message: 'History' };
    },
  }),
];
