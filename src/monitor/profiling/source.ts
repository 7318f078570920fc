// Where allocation profiles come from: the sampler of the watched thread, as the engine sees it.
import type {
  ProfileReader,
  SamplerAnswer,
  SamplerOrder,
  SamplerState,
  SiteTable,
} from '../../heap/index.ts';
import type { BufferSites } from './buffer-sites.ts';

export interface AllocationSource {
  readonly sampler: SamplerState;
  readonly reader: ProfileReader;
  /** Where things stand in modules that were rewritten; absent where none is. */
  readonly sites?: SiteTable;
  /** Calls back shortly after each major collection of the watched thread, until the returned function is called. */
  onMajorCollection(listener: () => void): () => void;
  /** The thread's buffers by site, where they are attributed. */
  readonly buffers?: BufferSites['reading'];
}

/** The watched thread, seen from where the engine runs: what samples it now, and how that is changed. */
export interface WatchedSampler {
  /** What runs when the engine starts; undefined: nothing is sampled yet. */
  readonly initial: SamplerState | undefined;
  /** `no-answer`: the thread is busy or blocked, and nothing was changed. */
  order(order: SamplerOrder): Promise<SamplerAnswer | { readonly kind: 'no-answer' }>;
  /** What reads a sampler that runs, until it is closed. */
  open(sampler: SamplerState): AllocationSource;
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
