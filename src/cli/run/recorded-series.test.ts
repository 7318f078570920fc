import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { growthRates, seriesOf } from './recorded-series.ts';

const sample = (index: number, more = {}) => ({
  atSeconds: 1000 + index / 2,
  rssBytes: 1e8 + 400 * index,
  ...more,
});
const many = (more: (index: number) => object = () => ({})) =>
  Array.from({ length: 100 }, (_, index) => sample(index, more(index)));

describe('a recorded series', () => {
  it('has no load where nothing was served', () => {
    const series = seriesOf(many(() => ({ requestsTotal: 0 })));
    assert.equal(series.length, 100);
    assert.ok(series.every((each) => !('requestsPerSecond' in each) && !('requestsTotal' in each)));
  });

  it('has the rate of requests, smooth although the count comes once a second', () => {
    const series = seriesOf(many((index) => ({ requestsTotal: 30 * Math.floor(index / 2) })));
    assert.deepEqual(
      new Set(series.slice(4).map(({ requestsPerSecond }) => requestsPerSecond)),
      new Set([30]),
    );
  });

  it('grows by what its collections left, not by what was there', () => {
    const growing = many((index) => ({
      heapUsedBytes: 2e7 + 1e6 * (index % 10),
      heapFloorBytes: 1e7 + 5000 * 10 * Math.floor(index / 10),
      externalBytes: 3e6,
    }));
    assert.deepEqual(growthRates(growing), { rss: 800, heap: 10_000, external: 0 });
  });

  it('says nothing of what it does not know', () => {
    assert.deepEqual(growthRates([]), { rss: null, heap: null, external: null });
    assert.deepEqual(growthRates(many()), { rss: 800, heap: null, external: null });
  });
});
