import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HeapSample } from '../../model/index.ts';
import { createCollections } from './collections.ts';

const NONE = { count: 0, seconds: 0 };

function heap(major: number, floorAtSeconds: number, floorBytes = 100): HeapSample {
  return {
    atSeconds: floorAtSeconds + 1,
    usedBytes: 200,
    totalBytes: 300,
    limitBytes: 1000,
    externalBytes: 0,
    arrayBuffersBytes: 0,
    floorBytes,
    floorAtSeconds,
    gc: { minor: NONE, major: { count: major, seconds: 0 }, incremental: NONE, weakcb: NONE },
    ageSeconds: 0,
  };
}

describe('major collections', () => {
  it('are kept once each, with what they left', () => {
    const collections = createCollections();
    for (const sample of [heap(3, 10, 50), heap(3, 10, 50), heap(4, 30, 60)]) collections.observe(sample);
    assert.deepEqual(collections.between(0, 100), [
      { atSeconds: 10, floorBytes: 50, count: 1 },
      { atSeconds: 30, floorBytes: 60, count: 1 },
    ]);
  });

  it('that came faster than samples are one entry with their number', () => {
    const collections = createCollections();
    for (const sample of [heap(1, 10), heap(6, 20)]) collections.observe(sample);
    assert.equal(collections.between(15, 25)[0]?.count, 5);
  });

  it('are none where nothing was collected yet, or no heap is seen', () => {
    const collections = createCollections();
    const { floorBytes: _bytes, floorAtSeconds: _at, ...fresh } = heap(0, 0);
    collections.observe(fresh);
    collections.observe(undefined);
    assert.deepEqual(collections.between(0, 100), []);
  });

  it('are bounded', () => {
    const collections = createCollections(5);
    for (let at = 1; at <= 20; at += 1) collections.observe(heap(at, at));
    assert.deepEqual(
      collections.between(0, 100).map(({ atSeconds }) => atSeconds),
      [16, 17, 18, 19, 20],
    );
  });
});
