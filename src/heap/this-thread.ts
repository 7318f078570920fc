// V8's figures of the thread that asks. They can only be read there: from another thread, v8.getHeapStatistics() tells of
// that other thread's heap.
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';
import type { HeapSample } from '../model/index.ts';
import type { Seconds } from '../units/index.ts';
import type { GcReading } from './gc.ts';

/** One reading of this thread's heap; about 0.1 ms. */
export function readThisThreadsHeap(atSeconds: Seconds, gc: GcReading): HeapSample {
  const heap = getHeapStatistics();
  const { arrayBuffers } = process.memoryUsage();
  const oldSpace = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space');
  return {
    atSeconds,
    usedBytes: heap.used_heap_size,
    totalBytes: heap.total_heap_size,
    limitBytes: heap.heap_size_limit,
    externalBytes: heap.external_memory,
    arrayBuffersBytes: arrayBuffers,
    ...(oldSpace && { oldSpaceBytes: oldSpace.space_used_size }),
    ...(gc.floorBytes !== undefined && { floorBytes: gc.floorBytes }),
    ...(gc.floorAtSeconds !== undefined && { floorAtSeconds: gc.floorAtSeconds }),
    gc: gc.kinds,
    ageSeconds: 0,
  };
}
