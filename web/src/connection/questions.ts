// What the views ask the API, below `api/monitoring/`, and what each asks as it opens.
import type { Range } from '../navigation/range.ts';
import type { Route } from '../navigation/route.ts';

export const STATUS = 'status';
export const METRICS = 'detailed-metrics';
/** For its verdicts: the fewer hours, the less is read for the rest. */
export const TRENDS = 'trends?hours=1';
export const LEAKS = 'memory-leaks';
export const HOTSPOTS = 'hotspots';
export const LARGEST = 'processes?limit=12';
export const PROCESSES = 'processes?limit=10000';
export const SETTINGS = 'settings';
/** The last 30 days. */
export const ALERTS = 'alerts?hours=720&limit=200';
export const processDetail = (pid: number) => `processes/${pid}?points=2`;

export const HOST_METRICS = [
  'memory_percent',
  'swap_percent',
  'pressure_some_percent',
  'pressure_full_percent',
  'cgroup_working_set',
  'own_rss',
  'heap_used',
] as const;
export const PROCESS_METRICS = ['rss', 'cpu_percent'] as const;

/** A moving range ends at the monitor's own now. */
function rangeQuery(range: Range): URLSearchParams {
  if (range.kind === 'last') return new URLSearchParams({ last: String(range.seconds) });
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
  return new URLSearchParams({ from: iso(range.fromSeconds), to: iso(range.toSeconds) });
}

/** Of `history` or `processes/4211/history`. Finer than a screen has pixels there is nothing to see. */
const MAX_POINTS = 1000;

export function historyOf(path: string, metrics: readonly string[], range: Range): string {
  const query = rangeQuery(range);
  query.set('metric', metrics.join());
  query.set('points', String(MAX_POINTS));
  return `${path}/columns?${query.toString()}`;
}

/** Starts and collections: of the watched process where none is named. */
export function marksOf(range: Range, pid?: number): string {
  const query = rangeQuery(range);
  if (pid !== undefined) query.set('pid', String(pid));
  return `marks?${query.toString()}`;
}

/** Everything that is on the screen at first, so that it can be asked for at once. */
export function openingQuestions({ view, pid = 0, range }: Route): readonly string[] {
  switch (view) {
    case 'now':
      return [
        STATUS,
        METRICS,
        ALERTS,
        TRENDS,
        LEAKS,
        LARGEST,
        HOTSPOTS,
        historyOf('history', HOST_METRICS, range),
        marksOf(range),
      ];
    case 'processes':
      return [STATUS, TRENDS, HOTSPOTS, PROCESSES];
    case 'process':
      return [
        STATUS,
        processDetail(pid),
        historyOf(`processes/${pid}/history`, PROCESS_METRICS, range),
        marksOf(range, pid),
      ];
    case 'heap':
      return [STATUS, LEAKS];
    case 'alerts':
      return [STATUS, ALERTS];
    case 'settings':
      return [STATUS, SETTINGS];
  }
}
