// The process table, one process, and its past.
import type { ProcessMetric, SeriesRange } from '../../history/history.ts';
import type { ProcessSample } from '../../model/index.ts';
import type { Latest, Monitor } from '../../monitor/monitor.ts';
import { formatTime } from '../../units/index.ts';
import { flag, pidParams, range, toRange } from '../input.ts';
import { nameList, oneOf, optional, otherwise, text, type ValuesOf, wholeNumber } from '../parameter.ts';
import { PROCESS_METRIC_UNITS, presentSeries } from '../present/history.ts';
import { presentColumns } from '../present/history-columns.ts';
import {
  presentListedProcess,
  presentMemoryMap,
  presentProcess,
  presentProcessTrend,
} from '../present/process.ts';
import { field } from '../present/quantity.ts';
import { presentVerdict } from '../present/verdict.ts';
import { presentWorkers } from '../present/worker-threads.ts';
import type { Refusal } from '../problems.ts';
import { type ApiContext, jsonRoute, type Route } from '../route.ts';
import type { History, ProcessDetail, ProcessList } from '../wire.ts';
import { NOT_READY } from './readiness.ts';

const PROCESS_METRICS = Object.keys(PROCESS_METRIC_UNITS) as ProcessMetric[];

const listQuery = {
  sort: otherwise(oneOf(['rss', 'cpu', 'name', 'pid'], 'rss and cpu: the largest first'), 'rss'),
  limit: otherwise(wholeNumber(1, 10_000, 'at most this many'), 1000),
  name: optional(text(0, 200, 'only names that contain this, whatever the case')),
};

const detailQuery = {
  smaps: flag('also read smaps_rollup: about 30 ms per GiB of RSS'),
  ...range,
};

const historyQuery = {
  metric: otherwise(
    nameList(PROCESS_METRICS, 'a comma list of rss, cpu_percent'),
    PROCESS_METRICS,
    PROCESS_METRICS.join(),
  ),
  ...range,
};

export const PROCESS_ROUTES: readonly Route[] = [
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/processes',
    summary: 'The processes of the newest sample',
    query: listQuery,
    data: 'processList',
    problems: ['NOT_READY'],
    handle: ({ query }, { monitor }) => {
      const latest = monitor.latest();
      return latest ? { data: listProcesses(latest, query), message: 'Processes' } : NOT_READY;
    },
  }),
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/processes/:pid',
    summary: 'One process: trend, verdict, history, memory map on demand',
    params: pidParams,
    query: detailQuery,
    data: 'processDetail',
    problems: ['PROCESS_NOT_FOUND', 'NOT_READY'],
    handle: ({ params, query }, { monitor, now }) => {
      const range = toRange(query, now());
      if ('refusal' in range) return range;
      const detail = describeProcess(monitor, params.pid, range, query.smaps);
      return 'refusal' in detail ? detail : { data: detail, message: `Process ${params.pid}` };
    },
  }),
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/processes/:pid/history',
    summary: 'Series of one process, for charts',
    params: pidParams,
    query: historyQuery,
    data: 'history',
    problems: ['PROCESS_NOT_FOUND', 'NOT_READY'],
    handle: ({ params, query }, context) => {
      const asked = askedHistory(params.pid, query, context);
      if ('refusal' in asked) return asked;
      const data = readHistory(context.monitor, asked.sample, query.metric, asked.range);
      return { data, message: `History of ${params.pid}` };
    },
  }),
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/processes/:pid/history/columns',
    summary: 'The same series as columns, for charts: a few bytes a point',
    params: pidParams,
    query: historyQuery,
    data: 'historyColumns',
    problems: ['PROCESS_NOT_FOUND', 'NOT_READY'],
    handle: ({ params, query }, context) => {
      const asked = askedHistory(params.pid, query, context);
      if ('refusal' in asked) return asked;
      const { sample, range } = asked;
      const series = query.metric.map((metric) => ({
        metric,
        unit: PROCESS_METRIC_UNITS[metric],
        series: context.monitor.processSeries(sample, metric, range),
      }));
      return { data: presentColumns(range, series), message: `History of ${params.pid}` };
    },
  }),
];

const ORDERS: Readonly<
  Record<ValuesOf<typeof listQuery>['sort'], (a: ProcessSample, b: ProcessSample) => number>
> = {
  rss: (a, b) => b.rssBytes - a.rssBytes || a.pid - b.pid,
  cpu: (a, b) => (b.cpuPercent ?? 0) - (a.cpuPercent ?? 0) || a.pid - b.pid,
  // By code unit: the order must not depend on the machine's locale.
  name: (a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)) || a.pid - b.pid,
  pid: (a, b) => a.pid - b.pid,
};

function listProcesses({ host, processes }: Latest, query: ValuesOf<typeof listQuery>): ProcessList {
  const wanted = query.name?.toLowerCase() ?? '';
  const matched = processes.filter(({ name }) => name.toLowerCase().includes(wanted));
  return {
    timestamp: formatTime(host.atSeconds),
    total: processes.length,
    matched: matched.length,
    processes: matched.toSorted(ORDERS[query.sort]).slice(0, query.limit).map(presentListedProcess),
  };
}

function describeProcess(
  monitor: Monitor,
  pid: number,
  range: SeriesRange,
  memoryMap: boolean,
): ProcessDetail | Refusal {
  const latest = monitor.latest();
  if (!latest) return NOT_READY;
  const detail = monitor.processDetail(pid, { memoryMap });
  if (!detail) return unknownProcess(pid);
  const { sample } = detail;
  return {
    timestamp: formatTime(latest.host.atSeconds),
    process: presentProcess(sample),
    tracked: detail.trend !== undefined,
    ...field('trend', detail.trend, (trend) => presentProcessTrend(trend, sample)),
    ...field('verdict', detail.verdict, presentVerdict),
    ...field('memory_map', detail.memoryMap, presentMemoryMap),
    ...(pid === latest.own.pid && presentWorkers(latest.own.workers)),
    history: readHistory(monitor, sample, PROCESS_METRICS, range),
  };
}

function findProcess(monitor: Monitor, pid: number): ProcessSample | Refusal {
  const latest = monitor.latest();
  if (!latest) return NOT_READY;
  return latest.processes.find((process) => process.pid === pid) ?? unknownProcess(pid);
}

interface AskedHistory {
  readonly sample: ProcessSample;
  readonly range: SeriesRange;
}

function askedHistory(
  pid: number,
  query: ValuesOf<typeof historyQuery>,
  { monitor, now }: ApiContext,
): AskedHistory | Refusal {
  const asked = toRange(query, now());
  if ('refusal' in asked) return asked;
  const sample = findProcess(monitor, pid);
  return 'refusal' in sample ? sample : { sample, range: asked };
}

function unknownProcess(pid: number): Refusal {
  return { refusal: 'PROCESS_NOT_FOUND', reason: `No process has the id ${pid}` };
}

function readHistory(
  monitor: Monitor,
  sample: ProcessSample,
  metrics: readonly ProcessMetric[],
  range: SeriesRange,
): History {
  return {
    from: formatTime(range.fromSeconds),
    to: formatTime(range.toSeconds),
    series: metrics.map((metric) =>
      presentSeries(metric, PROCESS_METRIC_UNITS[metric], monitor.processSeries(sample, metric, range)),
    ),
  };
}
