// Whoever listens to the engine. A listener that throws costs itself its place and nobody else anything.
import type { MonitorEvent } from './monitor.ts';

export interface Events {
  emit(event: MonitorEvent): void;
  subscribe(listener: (event: MonitorEvent) => void): () => void;
}

export function createEvents(): Events {
  const listeners = new Set<(event: MonitorEvent) => void>();
  return {
    emit(event) {
      // A Set may change while it is walked: one that leaves is not called, one that comes is.
      for (const listener of listeners) {
        try {
          listener(event);
        } catch {
          listeners.delete(listener);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
