// Opens a store and reads every chart of a dashboard: each metric of the host, RSS and CPU of each of 50 processes.
import type { History, HostMetric, SeriesRange } from '../../src/history/index.ts';
import { type Spread, spread } from '../metrics/statistics.ts';
import { TRACKED } from './records.ts';
import { open } from './writing.ts';

export const CHART_POINTS = 600;

const HOST_METRICS: readonly HostMetric[] = [
  'memory_percent',
  'memory_total',
  'memory_used',
  'memory_available',
  'memory_free',
  'memory_cached',
  'memory_buffers',
  'swap_percent',
  'swap_used',
  'pressure_some_percent',
  'pressure_full_percent',
  'own_rss',
  'own_cpu_percent',
];

export interface DrawResult {
  readonly name: string;
  readonly charts: number;
  readonly points: number;
  readonly milliseconds: Spread;
  /** Of all threads, the garbage collector's included. */
  readonly cpuMilliseconds: Spread;
}

export function measureDrawing(
  name: string,
  dataDir: string,
  hours: number,
  endSeconds: number,
  rounds: number,
): DrawResult {
  const range = { fromSeconds: endSeconds - hours * 3600, toSeconds: endSeconds, maxPoints: CHART_POINTS };
  let drawn = { charts: 0, points: 0 };
  const cpuTimes: number[] = [];
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    const cpuBefore = process.cpuUsage();
    const history = open(dataDir);
    drawn = drawAll(history, range);
    const took = performance.now() - started;
    const { user, system } = process.cpuUsage(cpuBefore);
    cpuTimes.push((user + system) / 1000);
    history.close();
    return took;
  });
  return { name, ...drawn, milliseconds: spread(times), cpuMilliseconds: spread(cpuTimes) };
}

function drawAll(history: History, range: SeriesRange): { charts: number; points: number } {
  const processes = history.knownProcesses(range).slice(0, TRACKED);
  const series = [
    ...HOST_METRICS.map((metric) => history.hostSeries(metric, range)),
    ...processes.flatMap((id) => [
      history.processSeries(id, 'rss', range),
      history.processSeries(id, 'cpu_percent', range),
    ]),
  ];
  return { charts: series.length, points: series.reduce((sum, { points }) => sum + points.length, 0) };
}
