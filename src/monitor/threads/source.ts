// The worker threads of the watched process, as the engine sees them.
import type { SamplingDocument, SiteTable } from '../../heap/index.ts';
import type { ProfileThread, ThreadDeath, WorkerThreads } from '../../model/index.ts';
import type { Bytes, Seconds } from '../../units/index.ts';
import type { ToldBuffers } from '../profiling/buffer-profile.ts';
import type { BufferReading } from '../profiling/buffer-sites.ts';

export interface WorkerThreadSource {
  read(): Promise<WorkerThreads>;
  /** The allocation profiles of those that are sampled and wanted, and answer in time. */
  readProfiles(wanted: (threadId: number) => boolean): Promise<readonly ThreadDocument[]>;
  /** What the living threads have told of their buffers; none where they are not attributed. */
  buffers(): readonly ThreadBuffers[];
  subscribe(listener: (event: ThreadEvent) => void): () => void;
  close(): void;
}

export interface ThreadBuffers extends ToldBuffers {
  readonly thread: ProfileThread;
}

export interface ThreadDocument {
  readonly threadId: number;
  readonly name: string;
  readonly document: SamplingDocument;
  /** Absent where another profiler runs the thread's sampler. */
  readonly sampleBytes?: Bytes;
  /** Where precise mode's functions stand in what the thread has loaded; absent without it. */
  readonly sites?: SiteTable;
  /** As it told of them last; absent where they are not attributed. */
  readonly buffers?: BufferReading;
  readonly tookSeconds: Seconds;
}

export type ThreadEvent =
  | { readonly type: 'major-collection'; readonly threadId: number }
  | { readonly type: 'out-of-memory'; readonly death: ThreadDeath };
