// Series side by side: one column of times that all share, and a column of values for each. A chart of an hour is a fifth of
// the bytes that it is as a list of points.
import type { HistorySeries, SeriesRange } from '../../history/history.ts';
import { formatTime, type Seconds } from '../../units/index.ts';
import type { HistoryColumns, Series } from '../wire.ts';

export interface NamedSeries {
  readonly metric: string;
  readonly unit: Series['unit'];
  readonly series: HistorySeries;
}

type Column = (number | null)[];

export function presentColumns(range: SeriesRange, named: readonly NamedSeries[]): HistoryColumns {
  const at = sharedTimes(named);
  const place = new Map(at.map((atSeconds, index) => [atSeconds, index]));
  return {
    from: formatTime(range.fromSeconds),
    to: formatTime(range.toSeconds),
    resolution: named[0]?.series.resolution ?? 'sample',
    at,
    series: named.map(({ metric, unit, series }) => ({ metric, unit, ...columnsOf(series, place) })),
  };
}

/** Rising. Series of one store mostly have the very same times. */
function sharedTimes(named: readonly NamedSeries[]): Seconds[] {
  const times = new Set(named.flatMap(({ series }) => series.points.map(({ atSeconds }) => atSeconds)));
  return [...times].sort((a, b) => a - b);
}

function columnsOf({ resolution, points }: HistorySeries, place: ReadonlyMap<Seconds, number>) {
  const column = (read: (point: HistorySeries['points'][number]) => number): Column => {
    const values: Column = Array.from({ length: place.size }, () => null);
    for (const point of points) values[place.get(point.atSeconds) as number] = read(point);
    return values;
  };
  const mean = column((point) => point.mean);
  if (resolution === 'sample') return { mean };
  return { mean, min: column(({ min }) => min), max: column(({ max }) => max) };
}
