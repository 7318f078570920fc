// Series for charts, and which metrics there are to ask for.
import type { HistoryPoint, HistorySeries, HostMetric, ProcessMetric } from '../../history/history.ts';
import { formatTime } from '../../units/index.ts';
import type { HistoryPoint as HistoryPointWire, Series } from '../wire.ts';

/** The metrics there are, with their units. The compiler holds these lists to the history's own. */
export const HOST_METRIC_UNITS: Readonly<Record<HostMetric, Series['unit']>> = {
  memory_percent: 'percent',
  memory_total: 'bytes',
  memory_used: 'bytes',
  memory_available: 'bytes',
  memory_free: 'bytes',
  memory_cached: 'bytes',
  memory_buffers: 'bytes',
  swap_percent: 'percent',
  swap_total: 'bytes',
  swap_used: 'bytes',
  pressure_some_percent: 'percent',
  pressure_full_percent: 'percent',
  cgroup_working_set: 'bytes',
  cgroup_limit: 'bytes',
  own_rss: 'bytes',
  own_cpu_percent: 'percent',
  heap_used: 'bytes',
  heap_total: 'bytes',
  heap_floor: 'bytes',
  heap_external: 'bytes',
  heap_array_buffers: 'bytes',
};

export const PROCESS_METRIC_UNITS: Readonly<Record<ProcessMetric, Series['unit']>> = {
  rss: 'bytes',
  cpu_percent: 'percent',
};

export function presentSeries(metric: string, unit: Series['unit'], series: HistorySeries): Series {
  return { metric, unit, resolution: series.resolution, points: series.points.map(presentPoint) };
}

function presentPoint({ atSeconds, min, max, mean, last, count }: HistoryPoint): HistoryPointWire {
  return { timestamp: formatTime(atSeconds), min, max, mean, last, count };
}
