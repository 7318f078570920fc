import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { growthRates, seriesCsv, seriesOf } from './recorded-series.ts';

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

  it('does not take for the floor what a collection left in the middle of work', () => {
    const scraping = many((index) => ({ heapFloorBytes: index % 10 < 3 ? 8e7 + index : 1e7 + 1000 * index }));
    const floors = seriesOf(scraping).map(({ heapFloorBytes = 0 }) => heapFloorBytes);
    assert.ok(Math.max(...floors) <= 1e7 + 1000 * 99);
    assert.ok(Math.abs((growthRates(scraping).heap ?? 0) - 2000) < 100, String(growthRates(scraping).heap));
  });

  it('says nothing of what it does not know', () => {
    assert.deepEqual(growthRates([]), { rss: null, heap: null, external: null });
    assert.deepEqual(growthRates(many()), { rss: 800, heap: null, external: null });
  });

  it('is written as the judge reads it, without what is not known', () => {
    const lines = seriesCsv(many((index) => ({ heapUsedBytes: 5, ...(index > 0 && { externalBytes: 7 }) })))
      .trimEnd()
      .split('\n');
    assert.deepEqual(lines.slice(0, 3), [
      't,heap_used,rss,external',
      '1000,5,100000000,',
      '1000.5,5,100000400,7',
    ]);
    assert.equal(lines.length, 101);
    assert.equal(seriesCsv([]), 't\n');
  });

  it('leaves RSS to the heap and to external memory until the rest has grown by more than start-up explains', () => {
    const grown = (bytes: number) =>
      seriesOf(
        many((index) => ({ rssBytes: 1e8 + (bytes * index) / 100, heapUsedBytes: 5, heapTotalBytes: 6 })),
      );
    assert.ok(grown(3e7).every(({ rssBytes }) => rssBytes === undefined));
    assert.ok(grown(6e7).every(({ rssBytes }) => rssBytes !== undefined));
  });
});
