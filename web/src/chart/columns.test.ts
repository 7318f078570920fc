import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { appendReading, toColumns, withGaps } from './columns.ts';

const at = (second: number) => new Date(second * 1000).toISOString();
const point = (second: number, value: number) => ({
  timestamp: at(second),
  min: value - 1,
  max: value + 1,
  mean: value,
  last: value,
  count: 1,
});
const series = (metric: string, points: ReturnType<typeof point>[]) =>
  ({ metric, unit: 'bytes', resolution: 'sample', points }) as const;

describe('columns', () => {
  it('share one column of times, with nothing where a metric was not measured', () => {
    const columns = toColumns({
      series: [series('a', [point(10, 1), point(30, 3)]), series('b', [point(20, 2)])],
    });
    assert.deepEqual(columns.at, [10, 20, 30]);
    assert.deepEqual(columns.metrics.a, { mean: [1, null, 3], min: [0, null, 2], max: [2, null, 4] });
    assert.deepEqual(columns.metrics.b?.mean, [null, 2, null]);
  });

  it('grow by a live sample, and lose what has moved out of the range but for one point, to draw the line from', () => {
    const columns = toColumns({ series: [series('a', [point(10, 1), point(20, 2), point(30, 3)])] });
    const longer = appendReading(columns, 40, { a: 4 }, 25);
    assert.deepEqual(longer.at, [20, 30, 40]);
    assert.deepEqual(longer.metrics.a?.mean, [2, 3, 4]);
  });

  it('stay as they are for a sample that is not newer', () => {
    const columns = toColumns({ series: [series('a', [point(10, 1)])] });
    assert.equal(appendReading(columns, 10, { a: 9 }, 0), columns);
  });

  it('hold null for what a live sample does not say', () => {
    const columns = toColumns({ series: [series('a', [point(10, 1)])] });
    assert.deepEqual(appendReading(columns, 20, {}, 0).metrics.a?.mean, [1, null]);
  });

  it('stay bounded however long samples come', () => {
    let columns = toColumns({ series: [series('a', [point(0, 0)])] });
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

  it('are none where one sample went missing', () => {
    assert.deepEqual(withGaps([10, 20, 40, 50], [[1, 2, 3, 4]])[0], [10, 20, 40, 50]);
  });
});
