// The route as the browser's address bar has it. A zoom is an entry of the browser's history: Back undoes it.
import { type Cell, createCell } from '../state/cell.ts';
import type { Range } from './range.ts';
import { type Route, readRoute, type View, writeRoute } from './route.ts';

export interface Location {
  readonly route: Cell<Route>;
  /** The address of another view, with the range kept. */
  linkTo(view: View, details?: { readonly pid?: number; readonly params?: Route['params'] }): string;
  setRange(range: Range): void;
  /** Back to the range before the last zoom, or to the one the page starts with. */
  zoomBack(): void;
  /** Changes the view's own parameters in place. */
  setParams(params: Route['params']): void;
  stop(): void;
}

/** Ranges to go back to. */
const MAX_ZOOMS = 50;

export function watchLocation(window: Window, fallback: Range): Location {
  const read = () => readRoute(window.location.hash);
  const route = createCell(read());
  const zooms: Range[] = [];
  const follow = () => {
    const next = read();
    if (writeRoute(next) !== writeRoute(route.get())) route.set(next);
  };
  const go = (next: Route, how: 'pushState' | 'replaceState') => {
    window.history[how](null, '', writeRoute(next));
    follow();
  };
  window.addEventListener('hashchange', follow);
  window.addEventListener('popstate', follow);
  return {
    route,
    linkTo: (view, { pid, params = {} } = {}) =>
      writeRoute({ view, params, range: route.get().range, ...(pid === undefined ? {} : { pid }) }),
    setRange: (range) => {
      zooms.push(route.get().range);
      if (zooms.length > MAX_ZOOMS) zooms.shift();
      go({ ...route.get(), range }, 'pushState');
    },
    zoomBack: () => go({ ...route.get(), range: zooms.pop() ?? fallback }, 'pushState'),
    setParams: (params) =>
      go({ ...route.get(), params: { ...route.get().params, ...params } }, 'replaceState'),
    stop: () => {
      window.removeEventListener('hashchange', follow);
      window.removeEventListener('popstate', follow);
    },
  };
}
