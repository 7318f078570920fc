import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HeapSample, OwnProcessSample, ThreadHeap } from '../../model/index.ts';
import { processHeap } from './process-heap.ts';

const NONE = { count: 0, seconds: 0 };
const MAIN: HeapSample = {
  atSeconds: 0,
  ageSeconds: 0,
  usedBytes: 100,
  totalBytes: 150,
  limitBytes: 1000,
  externalBytes: 10,
  arrayBuffersBytes: 5,
  gc: { minor: NONE, major: NONE, incremental: NONE, weakcb: NONE },
};
const OWN: OwnProcessSample = { atSeconds: 0, pid: 1, rssBytes: 500, cpuSeconds: 0 };

const withThreads = (main: HeapSample, heaps: readonly (ThreadHeap | undefined)[]): OwnProcessSample => ({
  ...OWN,
  heap: main,
  workers: {
    threads: heaps.map((heap, index) => ({
      threadId: index,
      name: 'a',
      sampling: { kind: 'sampled' },
      ...(heap && { heap }),
    })),
    notShown: 0,
    outOfMemory: [],
    outOfMemoryTotal: 0,
  },
});

describe('the heap of a process', () => {
  it('is that of its main thread where there is no other, and unknown where that is', () => {
    assert.deepEqual(processHeap({ ...OWN, heap: MAIN }), {
      usedBytes: 100,
      totalBytes: 150,
      externalBytes: 10,
    });
    assert.deepEqual(processHeap(OWN), {});
  });

  it('is the sum of what its threads tell', () => {
    const plain: ThreadHeap = { atSeconds: 0, ageSeconds: 0, usedBytes: 7, totalBytes: 9 };
    const collected = { ...plain, floorBytes: 3, externalBytes: 2 };
    assert.deepEqual(processHeap(withThreads({ ...MAIN, floorBytes: 60 }, [plain, undefined, collected])), {
      usedBytes: 114,
      totalBytes: 168,
      externalBytes: 12,
      floorBytes: 70,
    });
    assert.equal(processHeap(withThreads(MAIN, [collected])).floorBytes, undefined);
  });
});
