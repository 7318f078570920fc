// The worker threads of the watched service.
import type {
  ThreadDeath,
  ThreadHeap,
  ThreadSampling,
  Verdict,
  WorkerThreadSample,
  WorkerThreads,
} from '../../model/index.ts';
import type { GrowingSite } from '../../monitor/monitor.ts';
import { formatTime } from '../../units/index.ts';
import type { MemoryLeaks, OwnProcess, WorkerThread, WorkerThreadDeath } from '../wire.ts';
import { asIs, field } from './quantity.ts';
import { presentGrowingSite, presentPrecise } from './snapshot.ts';
import { presentVerdict } from './verdict.ts';

type WorkersOf<T extends OwnProcess | MemoryLeaks> = Pick<
  T,
  'workers' | 'workers_not_shown' | 'workers_out_of_memory'
>;

/** Nothing in the agent, which has no such threads. */
export function presentWorkers(workers: WorkerThreads | undefined): WorkersOf<OwnProcess> {
  return workers ? { workers: workers.threads.map(presentWorker), ...presentOthers(workers) } : {};
}

/** The same, each with the verdict on it and what grows in it. */
export function presentWorkersWithSites(
  workers: WorkerThreads | undefined,
  growing: readonly GrowingSite[],
  verdicts: readonly Verdict[],
): WorkersOf<MemoryLeaks> {
  if (!workers) return {};
  const sitesOf = ({ threadId }: WorkerThreadSample) =>
    growing.filter(({ site }) => site.thread?.id === threadId).map(presentGrowingSite);
  const verdictOn = ({ threadId }: WorkerThreadSample) =>
    verdicts.find(({ subject }) => subject === `worker:${threadId}`);
  return {
    workers: workers.threads.map((thread) => ({
      ...presentWorker(thread),
      ...field('verdict', verdictOn(thread), presentVerdict),
      growing_sites: sitesOf(thread),
    })),
    ...presentOthers(workers),
  };
}

function presentOthers({ notShown, outOfMemory }: WorkerThreads) {
  return { workers_not_shown: notShown, workers_out_of_memory: outOfMemory.map(presentDeath) };
}

function presentWorker({ threadId, name, heap, sampling }: WorkerThreadSample): WorkerThread {
  return {
    thread_id: threadId,
    name,
    ...(heap && presentThreadHeap(heap)),
    sampled: sampling.kind === 'sampled',
    ...presentSampling(sampling),
  };
}

function presentSampling(sampling: ThreadSampling) {
  return sampling.kind === 'not-sampled'
    ? { not_sampled_because: sampling.reason }
    : {
        ...field('buffers_attributed_bytes', sampling.buffersAttributedBytes, asIs),
        ...presentPrecise(sampling.rewriting),
      };
}

function presentThreadHeap(heap: ThreadHeap) {
  return {
    heap_used_bytes: heap.usedBytes,
    heap_total_bytes: heap.totalBytes,
    ...field('heap_limit_bytes', heap.limitBytes, asIs),
    ...field('heap_old_space_limit_bytes', heap.oldSpaceLimitBytes, asIs),
    ...field('heap_floor_bytes', heap.floorBytes, asIs),
    ...field('external_bytes', heap.externalBytes, asIs),
    ...field('array_buffers_bytes', heap.arrayBuffersBytes, asIs),
    age_seconds: heap.ageSeconds,
  };
}

function presentDeath({ threadId, name, atSeconds, heap }: ThreadDeath): WorkerThreadDeath {
  return {
    thread_id: threadId,
    name,
    timestamp: formatTime(atSeconds),
    ...field('heap_used_bytes', heap?.usedBytes, asIs),
    ...field('heap_limit_bytes', heap?.limitBytes, asIs),
  };
}
