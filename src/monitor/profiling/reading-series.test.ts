import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createReadingSeries } from './reading-series.ts';

describe('a series of readings', () => {
  it('looks back over the whole life of a young process, and over hours of an old one, in constant memory', () => {
    const series = createReadingSeries();
    const spans: number[] = [];
    for (let now = 0; now < 86_400; now += 0.5) {
      if (series.isDue(now)) series.add({ atSeconds: now, sampleIntervalBytes: 1, sites: [] });
      const readings = series.readings();
      assert.ok(readings.length <= 32);
      spans.push((readings.at(-1)?.atSeconds ?? 0) - (readings[0]?.atSeconds ?? 0));
    }
    assert.ok((spans[2 * 3600] ?? 0) > 3000, 'after an hour nearly the whole of it');
    assert.ok((spans.at(-1) ?? 0) > 2.5 * 3600, 'after a day more than two and a half hours');
    assert.equal(series.spacingSeconds(), 300);
  });

  it('goes on when the clock is set back', () => {
    const series = createReadingSeries();
    series.add({ atSeconds: 1000, sampleIntervalBytes: 1, sites: [] });
    assert.deepEqual([series.isDue(1000.5), series.isDue(10)], [false, true]);
  });
});
