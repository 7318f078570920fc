// A value that can be watched: the page's state is a handful of these, and a component draws again only when the one it reads
// changes.
import { useEffect, useReducer } from 'preact/hooks';

export interface Cell<Value> {
  get(): Value;
  set(value: Value): void;
  /** Calls back on every change until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

export type Readable<Value> = Pick<Cell<Value>, 'get' | 'subscribe'>;

export function createCell<Value>(initial: Value): Cell<Value> {
  const listeners = new Set<() => void>();
  let current = initial;
  return {
    get: () => current,
    set: (value) => {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useCell<Value>(cell: Readable<Value>): Value {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const shown = cell.get();
  useEffect(() => {
    // It may have changed between the drawing and this effect.
    if (!Object.is(shown, cell.get())) redraw(undefined);
    return cell.subscribe(() => redraw(undefined));
  }, [cell]);
  return shown;
}
