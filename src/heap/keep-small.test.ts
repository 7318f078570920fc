import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { keepHeapSmall } from './keep-small.ts';

const MIB = 1024 ** 2;

class FakeHeap {
  usedMiB = 20;
  livingMiB = 12;
  collections = 0;
  readonly usedBytes = (): number => this.usedMiB * MIB;
  readonly collect = (): void => {
    this.usedMiB = this.livingMiB;
    this.collections += 1;
  };
}

function kept(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const heap = new FakeHeap();
  return { heap, stop: keepHeapSmall(heap), pass: (seconds: number) => t.mock.timers.tick(1000 * seconds) };
}

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
    heap.usedMiB += 3;
    pass(60);
    assert.equal(heap.collections, 1);
    heap.usedMiB += 1;
    pass(59);
    assert.equal(heap.collections, 1);
    pass(1);
    assert.equal(heap.collections, 2);
    assert.equal(heap.usedMiB, 12);
    heap.usedMiB += 5;
    pass(60);
    assert.equal(heap.collections, 3);
  });

  it('takes what lives for no garbage', (t) => {
    const { heap, pass } = kept(t);
    heap.livingMiB = 20;
    pass(5);
    pass(600);
    assert.equal(heap.collections, 1);
  });

  it('ends', (t) => {
    const { heap, stop, pass } = kept(t);
    pass(5);
    stop();
    heap.usedMiB += 10;
    pass(600);
    assert.equal(heap.collections, 1);
  });
});
