// The V8 heap of one thread, and the process around it.
import type { Bytes, Percent, Seconds } from '../units/index.ts';

/** Counts and time since the isolate started, by kind of collection. */
export interface GcKindStats {
  readonly count: number;
  readonly seconds: Seconds;
}

export type GcKind = 'minor' | 'major' | 'incremental' | 'weakcb';

export interface HeapSample {
  readonly atSeconds: Seconds;
  readonly usedBytes: Bytes;
  readonly totalBytes: Bytes;
  /** V8's heap_size_limit: it counts the young generation too, so it is not `--max-old-space-size`. */
  readonly limitBytes: Bytes;
  readonly externalBytes: Bytes;
  readonly arrayBuffersBytes: Bytes;
  readonly oldSpaceBytes?: Bytes;
  /** As `--max-old-space-size` sets it; absent where V8 chose it, which does not say what it chose. */
  readonly oldSpaceLimitBytes?: Bytes;
  /** Heap used as seen just after the newest major collection; absent before the first. */
  readonly floorBytes?: Bytes;
  readonly floorAtSeconds?: Seconds;
  readonly gc: Readonly<Record<GcKind, GcKindStats>>;
  /** How old the main thread's own figures are: more than a sample interval when its event loop is blocked. */
  readonly ageSeconds: Seconds;
}

/** A heap of which less may be known: a thread without the preload tells what is used and what is committed, and no more. */
export type ThreadHeap = Pick<HeapSample, 'atSeconds' | 'usedBytes' | 'totalBytes' | 'ageSeconds'> &
  Partial<HeapSample>;

/** Why modules are rewritten: for the lines of their allocations, or so that V8 copies no function into its callers. */
export type RewritingKind = 'precise' | 'padding';

/** What became of the files that a thread has loaded. */
export interface RewritingReport {
  readonly kind: RewritingKind;
  readonly filesRewritten: number;
  readonly filesLeftAlone: number;
  /** The newest one, and why. */
  readonly lastLeftAlone?: { readonly path: string; readonly reason: string };
}

/** Whether a thread's allocations are sampled. */
export type ThreadSampling =
  | {
      readonly kind: 'sampled';
      /** Absent unless modules are rewritten as they are loaded. */
      readonly rewriting?: RewritingReport;
      /** Of its array buffers; absent unless they are attributed. */
      readonly buffersAttributedBytes?: Bytes;
    }
  | { readonly kind: 'not-sampled'; readonly reason: string };

/** A worker thread of the application. */
export interface WorkerThreadSample {
  /** Of `worker_threads`: it is never used again in the life of the process. */
  readonly threadId: number;
  /** As its creator named it, otherwise after its file. */
  readonly name: string;
  /** As old as its age says while the thread does not answer; absent where it never has: it is in a blocking system call. */
  readonly heap?: ThreadHeap;
  readonly sampling: ThreadSampling;
}

/** A worker thread that ended because its heap was full. */
export interface ThreadDeath {
  readonly threadId: number;
  readonly name: string;
  readonly atSeconds: Seconds;
  /** As last seen; absent where the thread lived too short to be seen. */
  readonly heap?: ThreadHeap;
}

export interface WorkerThreads {
  /** Those that live, by id, at most 64. */
  readonly threads: readonly WorkerThreadSample[];
  /** How many there are beyond those. */
  readonly notShown: number;
  /** Oldest first, the last 20. */
  readonly outOfMemory: readonly ThreadDeath[];
  readonly outOfMemoryTotal: number;
}

/** The process the engine watches as its own: the service it lives in, or the agent itself. */
export interface OwnProcessSample {
  readonly atSeconds: Seconds;
  readonly pid: number;
  readonly rssBytes: Bytes;
  readonly cpuPercent?: Percent;
  readonly cpuSeconds: Seconds;
  readonly threads?: number;
  /** Of its main thread. */
  readonly heap?: HeapSample;
  /** Absent where they are not watched. */
  readonly workers?: WorkerThreads;
  /** HTTP requests that the service has finished since it started. */
  readonly requestsTotal?: number;
}
