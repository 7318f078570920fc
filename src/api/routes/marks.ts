// What happened when, for marks on charts; incidents and snapshots have answers of their own.
import { formatTime } from '../../units/index.ts';
import { stretch, toRange } from '../input.ts';
import { optional, wholeNumber } from '../parameter.ts';
import { toMegabytes } from '../present/quantity.ts';
import { jsonRoute, type Route } from '../route.ts';
import { NOT_READY } from './readiness.ts';

export const MARKS_ROUTE: Route = jsonRoute({
  method: 'GET',
  path: '/api/monitoring/marks',
  summary: 'Starts of a program and major collections, for marks on charts',
  query: {
    pid: optional(wholeNumber(0, Number.MAX_SAFE_INTEGER, 'the watched process when absent')),
    ...stretch,
  },
  data: 'marks',
  problems: ['NOT_READY'],
  handle: ({ query }, { monitor, now }) => {
    const asked = toRange(query, now());
    if ('refusal' in asked) return asked;
    const own = monitor.latest()?.own.pid;
    if (own === undefined) return NOT_READY;
    const pid = query.pid ?? own;
    const data = {
      pid,
      from: formatTime(asked.fromSeconds),
      to: formatTime(asked.toSeconds),
      starts: monitor
        .starts(pid, asked)
        .map((start) => ({ pid: start.pid, at: formatTime(start.atSeconds) })),
      collections: (pid === own ? monitor.collections(asked) : []).map(
        ({ atSeconds, floorBytes, count }) => ({
          at: formatTime(atSeconds),
          floor_mb: toMegabytes(floorBytes),
          count,
        }),
      ),
    };
    return { data, message: 'Marks' };
  },
});
