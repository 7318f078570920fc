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

/** The process the engine watches as its own: the service it lives in, or the agent itself. */
export interface OwnProcessSample {
  readonly atSeconds: Seconds;
  readonly pid: number;
  readonly rssBytes: Bytes;
  readonly cpuPercent?: Percent;
  readonly cpuSeconds: Seconds;
  readonly threads?: number;
  readonly heap?: HeapSample;
  /** HTTP requests that the service has finished since it started. */
  readonly requestsTotal?: number;
}
