// The V8 heaps of the service's worker threads. A thread that has ended has no series any more; there are at most 64 at a time.
import type { ThreadHeap } from '../../model/index.ts';
import { type Family, single } from '../family.ts';

const LABELS = { thread: 'id of the thread', name: 'its name' };

function heapFigure(name: string, help: string, figure: (heap: ThreadHeap) => number | undefined): Family {
  return {
    name: `heap_worker_${name}`,
    type: 'gauge',
    origin: 'new',
    labels: LABELS,
    help,
    series: ({ own }) =>
      (own?.workers?.threads ?? []).flatMap(({ threadId, name: threadName, heap }) => {
        const value = heap && figure(heap);
        return value === undefined ? [] : [{ labels: { thread: threadId, name: threadName }, value }];
      }),
  };
}

export const WORKER_FAMILIES: readonly Family[] = [
  {
    name: 'worker_threads',
    type: 'gauge',
    origin: 'new',
    labels: {},
    help: 'Worker threads of the service.',
    series: ({ own }) => single(own?.workers && own.workers.threads.length + own.workers.notShown),
  },
  {
    name: 'worker_threads_out_of_memory_total',
    type: 'counter',
    origin: 'new',
    labels: {},
    help: 'Worker threads that ended because their heap was full, since the process started.',
    series: ({ own }) => single(own?.workers?.outOfMemoryTotal),
  },
  heapFigure(
    'used_bytes',
    'V8 heap of a worker thread in use, garbage that is not collected yet included.',
    ({ usedBytes }) => usedBytes,
  ),
  heapFigure('total_bytes', 'V8 heap of a worker thread that is committed.', ({ totalBytes }) => totalBytes),
  heapFigure(
    'limit_bytes',
    'The heap size limit of a worker thread, which counts the young generation too.',
    ({ limitBytes }) => limitBytes,
  ),
  heapFigure(
    'old_space_limit_bytes',
    'Limit of the old space of a worker thread, as its resourceLimits or a default set it.',
    ({ oldSpaceLimitBytes }) => oldSpaceLimitBytes,
  ),
  heapFigure(
    'floor_bytes',
    'V8 heap of a worker thread in use just after its newest major collection; absent before the first.',
    ({ floorBytes }) => floorBytes,
  ),
  heapFigure(
    'external_bytes',
    'What V8 accounts for off the heap of a worker thread.',
    ({ externalBytes }) => externalBytes,
  ),
  heapFigure(
    'array_buffers_bytes',
    'Array buffers and Buffers of a worker thread.',
    ({ arrayBuffersBytes }) => arrayBuffersBytes,
  ),
];
