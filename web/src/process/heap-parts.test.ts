import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stackHeapParts } from './heap-parts.ts';

const single = (...mean: (number | null)[]) => ({ mean, min: mean, max: mean });
const heap = (rss: number | null) =>
  stackHeapParts({
    at: [1],
    resolution: 'sample',
    metrics: {
      own_rss: single(rss),
      heap_used: single(30),
      heap_total: single(50),
      heap_external: single(10),
    },
  }).metrics;

describe('the parts of RSS', () => {
  it('add up to it', () => {
    const { heap_unused: unused, unaccounted } = heap(100);
    assert.deepEqual([unused?.mean, unaccounted?.mean], [[20], [40]]);
  });

  it('leave nothing unaccounted where more is accounted for than resident', () => {
    assert.deepEqual(heap(55).unaccounted?.mean, [0]);
  });

  it('are unknown where a part is', () => {
    assert.deepEqual(heap(null).unaccounted?.mean, [null]);
  });
});
