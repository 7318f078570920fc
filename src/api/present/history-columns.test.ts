import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HistorySeries } from '../../history/history.ts';
import { presentColumns } from './history-columns.ts';

const RANGE = { fromSeconds: 0, toSeconds: 60 };
const sample = (atSeconds: number, value: number) => ({
  atSeconds,
  min: value,
  max: value,
  mean: value,
  last: value,
  count: 1,
});
const samples = (...points: [number, number][]): HistorySeries => ({
  resolution: 'sample',
  points: points.map(([at, value]) => sample(at, value)),
});

describe('series as columns', () => {
  it('share their times, with nothing where one was not measured', () => {
    const shown = presentColumns(RANGE, [
      { metric: 'memory_percent', unit: 'percent', series: samples([10, 41], [30, 43]) },
      { metric: 'own_rss', unit: 'bytes', series: samples([20, 5], [30, 6]) },
    ]);
    assert.deepEqual(shown.at, [10, 20, 30]);
    assert.deepEqual(
      shown.series.map(({ mean }) => mean),
      [
        [41, null, 43],
        [null, 5, 6],
      ],
    );
  });

  it('say the least and the most of a roll-up alone', () => {
    const points = [{ atSeconds: 0, min: 1, max: 3, mean: 2, last: 3, count: 6 }];
    const [rolled] = presentColumns(RANGE, [
      { metric: 'rss', unit: 'bytes', series: { resolution: 'minute', bucketSeconds: 60, points } },
    ]).series;
    assert.deepEqual([rolled?.mean, rolled?.min, rolled?.max], [[2], [1], [3]]);
    const [plain] = presentColumns(RANGE, [{ metric: 'rss', unit: 'bytes', series: samples([0, 2]) }]).series;
    assert.deepEqual(Object.keys(plain ?? {}), ['metric', 'unit', 'mean']);
  });

  it('are empty where nothing was recorded', () => {
    const shown = presentColumns(RANGE, [{ metric: 'rss', unit: 'bytes', series: samples() }]);
    assert.deepEqual([shown.at, shown.series[0]?.mean], [[], []]);
  });
});
