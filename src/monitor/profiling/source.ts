// Where allocation profiles come from: the sampler of the watched thread, as the engine sees it.
import type { ProfileReader, SamplerState } from '../../heap/index.ts';

export interface AllocationSource {
  readonly sampler: SamplerState;
  readonly reader: ProfileReader;
  /** Calls back shortly after each major collection of the watched thread, until the returned function is called. */
  onMajorCollection(listener: () => void): () => void;
}

/** A list of listeners, for whoever hears of collections first. */
export interface MajorCollections {
  readonly tell: () => void;
  readonly onMajorCollection: AllocationSource['onMajorCollection'];
}

export function createMajorCollections(): MajorCollections {
  const listeners = new Set<() => void>();
  return {
    tell() {
      for (const listener of listeners) listener();
    },
    onMajorCollection(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
