import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createHistory, MOST_BUCKETS } from './history.ts';

const filled = (count: number) => {
  const history = createHistory();
  for (let index = 0; index < count; index++) {
    const rssBytes = 1000 + (index % 7);
    const heapFloorBytes = 500 + Math.floor(index / 5);
    history.add({ atSeconds: index * 10, rssBytes, heapFloorBytes, requestsPerSecond: 3 });
  }
  return history;
};

describe('history', () => {
  it('keeps a bounded number of buckets and loses no sample', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), (count) => {
        const view = filled(count).view();
        assert.ok(view);
        const width = view.buckets[0]?.samples ?? 1;
        assert.ok(view.buckets.length <= MOST_BUCKETS);
        const kept = view.buckets.reduce((sum, { samples }) => sum + samples, 0);
        assert.ok(count - kept >= 0 && count - kept < width, `${kept} of ${count}, ${width} a bucket`);
      }),
      { numRuns: 40 },
    );
  });

  it('sums over merges as over samples', () => {
    const view = filled(960).view();
    const sum = (pick: (bucket: NonNullable<typeof view>['buckets'][number]) => number) =>
      view?.buckets.reduce((total, bucket) => total + pick(bucket), 0);
    // Those of the open bucket are not there yet.
    const kept = sum(({ samples }) => samples) ?? 0;
    assert.ok(kept > 900, `${kept}`);
    assert.equal(
      sum(({ floorCount }) => floorCount),
      Math.ceil(kept / 5),
    );
    assert.equal(
      sum(({ loadSums }) => loadSums?.[0] ?? 0),
      3 * kept,
    );
    assert.equal(Math.min(...(view?.buckets.map(({ rssLeast }) => rssLeast) ?? [])), 1000);
  });

  it('forgets the oldest when its buckets cannot grow any more', () => {
    const view = filled(40_000).view();
    assert.ok(view);
    assert.ok(view.buckets.length <= MOST_BUCKETS);
    assert.ok((view.buckets[0]?.startSeconds ?? 0) > 0);
  });

  it('keeps lives apart', () => {
    const history = createHistory();
    for (let index = 0; index < 400; index++) {
      history.add({ atSeconds: index, rssBytes: 100 + 100 * (1 - Math.exp(-(index % 100) / 10)) });
    }
    const view = history.view();
    assert.deepEqual([...(view?.lifeStarts.keys() ?? [])], [0, 1, 2, 3]);
    assert.deepEqual([...(view?.lifeStarts.values() ?? [])], [0, 100, 200, 300]);
    for (const { startSeconds, endSeconds } of view?.buckets ?? [])
      assert.equal(Math.floor(startSeconds / 100), Math.floor(endSeconds / 100));
  });

  it('gives views that stay as they were', () => {
    const history = filled(100);
    const view = history.view();
    const before = JSON.stringify(view?.buckets);
    for (let index = 100; index < 300; index++) history.add({ atSeconds: index * 10, rssBytes: 1 });
    assert.equal(JSON.stringify(view?.buckets), before);
  });
});
