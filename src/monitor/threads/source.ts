// The worker threads of the watched process, as the engine sees them.
import type { SamplingDocument } from '../../heap/index.ts';
import type { ThreadDeath, WorkerThreads } from '../../model/index.ts';
import type { Bytes, Seconds } from '../../units/index.ts';

export interface WorkerThreadSource {
  read(): Promise<WorkerThreads>;
  /** The allocation profiles of those that are sampled and wanted, and answer in time. */
  readProfiles(wanted: (threadId: number) => boolean): Promise<readonly ThreadDocument[]>;
  subscribe(listener: (event: ThreadEvent) => void): () => void;
  close(): void;
}

export interface ThreadDocument {
  readonly threadId: number;
  readonly name: string;
  readonly document: SamplingDocument;
  /** Absent where another profiler runs the thread's sampler. */
  readonly sampleBytes?: Bytes;
  readonly tookSeconds: Seconds;
}

export type ThreadEvent =
  | { readonly type: 'major-collection'; readonly threadId: number }
  | { readonly type: 'out-of-memory'; readonly death: ThreadDeath };
