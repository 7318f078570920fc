// Where in the page one is, as the part of the URL after `#`: `#/processes/4211?range=24h`. The monitor serves one file, and
// may be mounted below any path.
import { type Range, readRange, writeRange } from './range.ts';

export const VIEWS = ['now', 'processes', 'process', 'heap', 'alerts', 'settings'] as const;
export type View = (typeof VIEWS)[number];

export interface Route {
  readonly view: View;
  /** Of the view `process`. */
  readonly pid?: number;
  readonly range: Range;
  /** What the view itself keeps in the URL: filter, order, snapshots. */
  readonly params: Readonly<Record<string, string>>;
}

const RANGE_PARAMS = ['range', 'from', 'to'];

export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const search = new URLSearchParams(query);
  const params = Object.fromEntries([...search].filter(([name]) => !RANGE_PARAMS.includes(name)));
  return { ...readPath(path), range: readRange(search), params };
}

function readPath(path: string): Pick<Route, 'view' | 'pid'> {
  const [, first = '', second = ''] = path.split('/');
  if (first === 'processes' && /^\d+$/.test(second)) return { view: 'process', pid: Number(second) };
  const view = VIEWS.find((name) => name === first && name !== 'process');
  return { view: view ?? 'now' };
}

export function writeRoute({ view, pid, range, params }: Route): string {
  const kept = Object.entries({ ...params, ...writeRange(range) }).filter(([, value]) => value !== '');
  const query = new URLSearchParams(kept).toString();
  return `#${writePath(view, pid)}${query ? `?${query}` : ''}`;
}

function writePath(view: View, pid: number | undefined): string {
  switch (view) {
    case 'now':
      return '/';
    case 'process':
      return `/processes/${pid}`;
    case 'processes':
    case 'heap':
    case 'alerts':
    case 'settings':
      return `/${view}`;
  }
}
