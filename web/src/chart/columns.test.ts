import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { appendReading, toColumns, withGaps } from './columns.ts';

const history = (at: readonly number[], metrics: Readonly<Record<string, (number | null)[]>>) =>
  toColumns({
    from: '',
    to: '',
    resolution: 'sample',
    at: [...at],
    series: Object.entries(metrics).map(([metric, mean]) => ({ metric, unit: 'bytes', mean })),
  });

describe('columns', () => {
  it('of samples are their own least and most; of a roll-up they have both', () => {
    const { a } = history([10, 20], { a: [1, null] }).metrics;
    assert.deepEqual(a, { mean: [1, null], min: [1, null], max: [1, null] });
    const rolled = toColumns({
      from: '',
      to: '',
      resolution: 'minute',
      at: [60],
      series: [{ metric: 'a', unit: 'bytes', mean: [2], min: [1], max: [4] }],
    });
    assert.deepEqual(rolled.metrics.a, { mean: [2], min: [1], max: [4] });
  });

  it('grow by a live sample, and lose what has moved out of the range but for one point, to draw the line from', () => {
    const columns = history([10, 20, 30], { a: [1, 2, 3] });
    const longer = appendReading(columns, 40, { a: 4 }, 25);
    assert.deepEqual(longer.at, [20, 30, 40]);
    assert.deepEqual(longer.metrics.a?.mean, [2, 3, 4]);
  });

  it('stay as they are for a sample that is not newer', () => {
    const columns = history([10], { a: [1] });
    assert.equal(appendReading(columns, 10, { a: 9 }, 0), columns);
  });

  it('hold null for what a live sample does not say', () => {
    const columns = history([10], { a: [1] });
    assert.deepEqual(appendReading(columns, 20, {}, 0).metrics.a?.mean, [1, null]);
  });

  it('stay bounded however long samples come', () => {
    let columns = history([0], { a: [0] });
    for (let second = 1; second < 2000; second += 1)
      columns = appendReading(columns, second, { a: second }, second - 100);
    assert.equal(columns.at.length, 102);
  });
});

describe('gaps', () => {
  it('break the line where nothing was measured for longer than usual', () => {
    const [times, values] = withGaps([10, 20, 30, 90, 100], [[1, 2, 3, 4, 5]]);
    assert.deepEqual(times, [10, 20, 30, 60, 90, 100]);
    assert.deepEqual(values, [1, 2, 3, null, 4, 5]);
  });

  it('are none where a quick sampler was late for a moment', () => {
    assert.deepEqual(withGaps([1, 1.25, 1.5, 4], [[1, 2, 3, 4]])[0], [1, 1.25, 1.5, 4]);
  });

  it('are none where one sample went missing', () => {
    assert.deepEqual(withGaps([10, 20, 40, 50], [[1, 2, 3, 4]])[0], [10, 20, 40, 50]);
  });
});
