// The heaps of all threads of the watched process, added up: what its resident memory is held against. A heap that grows in a
// worker thread would otherwise pass for native memory.
import { type OwnProcessSample, present, type ThreadHeap } from '../../model/index.ts';
import type { Bytes } from '../../units/index.ts';

export interface ProcessHeap {
  readonly usedBytes?: Bytes;
  readonly totalBytes?: Bytes;
  readonly externalBytes?: Bytes;
  /** Absent before the main thread's first major collection. A thread that has had none yet counts with what it uses. */
  readonly floorBytes?: Bytes;
}

export function processHeap({ heap, workers }: OwnProcessSample): ProcessHeap {
  if (!heap) return {};
  const others = workers?.threads.flatMap(({ heap: thread }) => thread ?? []) ?? [];
  const sum = (own: Bytes, of: (thread: ThreadHeap) => Bytes): Bytes =>
    others.reduce((total, thread) => total + of(thread), own);
  return {
    usedBytes: sum(heap.usedBytes, ({ usedBytes }) => usedBytes),
    totalBytes: sum(heap.totalBytes, ({ totalBytes }) => totalBytes),
    externalBytes: sum(heap.externalBytes, ({ externalBytes = 0 }) => externalBytes),
    ...present({
      floorBytes:
        heap.floorBytes === undefined
          ? undefined
          : sum(heap.floorBytes, ({ floorBytes, usedBytes }) => floorBytes ?? usedBytes),
    }),
  };
}
