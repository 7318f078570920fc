import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HOST_SERIES, processOfSeries, processSeriesNumber, STORED_HOST_METRICS } from './stored-series.ts';

describe('the numbers of the series', () => {
  it('are each given once, the host’s apart from the processes’', () => {
    const numbers = STORED_HOST_METRICS.map(({ series }) => series);
    assert.equal(new Set(numbers).size, numbers.length);
    assert.ok(numbers.every((series) => series >= HOST_SERIES.first && series <= HOST_SERIES.last));
    assert.ok(processSeriesNumber(0, 'rss') > HOST_SERIES.last);
  });

  it('lead back to the process and the metric', () => {
    for (const processNumber of [0, 1, 17, 1_000_000])
      for (const metric of ['rss', 'cpu_percent'] as const)
        assert.deepEqual(processOfSeries(processSeriesNumber(processNumber, metric)), {
          processNumber,
          metric,
        });
  });

  it('stay what they are, because stores out there are keyed by them', () => {
    assert.deepEqual(
      STORED_HOST_METRICS.map(({ series }) => series),
      Array.from({ length: 21 }, (_, index) => index + 1),
    );
  });
});
