import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { keepHeapSmall } from './keep-small.ts';

const MIB = 1024 ** 2;

/** A heap in which 12 MiB live. */
function createHeap() {
  return {
    used: 20 * MIB,
    collections: 0,
    usedBytes() {
      return this.used;
    },
    collect() {
      this.used = 12 * MIB;
      this.collections += 1;
    },
  };
}

function kept(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const heap = createHeap();
  return {
    heap,
    stop: keepHeapSmall(bound(heap)),
    pass: (seconds: number) => t.mock.timers.tick(1000 * seconds),
  };
}

const bound = (heap: ReturnType<typeof createHeap>) => ({
  usedBytes: () => heap.usedBytes(),
  collect: () => heap.collect(),
});

describe('keeping the heap small', () => {
  it('collects what starting took, once that is over', (t) => {
    const { heap, pass } = kept(t);
    pass(4);
    assert.equal(heap.collections, 0);
    pass(1);
    assert.equal(heap.collections, 1);
  });

  it('collects again when enough garbage has come together, and not before', (t) => {
    const { heap, pass } = kept(t);
    pass(5);
    heap.used += 3 * MIB;
    pass(60);
    assert.equal(heap.collections, 1);
    heap.used += 1 * MIB;
    pass(59);
    assert.equal(heap.collections, 1);
    pass(1);
    assert.equal(heap.collections, 2);
    assert.equal(heap.used, 12 * MIB);
    heap.used += 5 * MIB;
    pass(60);
    assert.equal(heap.collections, 3);
  });

  it('takes what lives for no garbage', (t) => {
    const { heap, pass } = kept(t);
    heap.collect = () => {
      heap.collections += 1;
    };
    pass(5);
    pass(600);
    assert.equal(heap.collections, 1);
  });

  it('ends', (t) => {
    const { heap, stop, pass } = kept(t);
    pass(5);
    stop();
    heap.used += 10 * MIB;
    pass(600);
    assert.equal(heap.collections, 1);
  });
});
