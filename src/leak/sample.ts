// What the judge is fed: one reading of a process, or of anything else that has a size.
import type { Bytes, Seconds } from '../units/index.ts';

/** A column that is not known is left out. Times rise. A restart shows as a drop. */
export interface SeriesSample {
  readonly atSeconds: Seconds;
  /** Heap used just after the newest major collection; repeats until the next one. */
  readonly heapFloorBytes?: Bytes;
  readonly heapUsedBytes?: Bytes;
  /** What V8 holds of the system for its heap: with it, native memory can be told from a heap that is merely roomy. */
  readonly heapTotalBytes?: Bytes;
  readonly rssBytes?: Bytes;
  /** What V8 accounts for off its heap, array buffers among it. */
  readonly externalBytes?: Bytes;
  /** Of anything that is no process: a host's used memory, its swap. */
  readonly usedBytes?: Bytes;
  readonly limitBytes?: Bytes;
  readonly requestsPerSecond?: number;
}
