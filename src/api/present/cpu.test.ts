import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { presentCpu } from './cpu.ts';

const trendOf = (one: number, fifteen: number) =>
  presentCpu({ logicalCount: 2, loadAverage: [one, one, fifteen] }).trend;

describe('the trend of the load', () => {
  it('is the last minute against the last fifteen', () => {
    assert.deepEqual(
      [
        trendOf(2, 1),
        trendOf(1, 2),
        trendOf(1.05, 1),
        trendOf(10.9, 10),
        trendOf(11.1, 10),
        trendOf(0.05, 0),
      ],
      ['increasing', 'decreasing', 'stable', 'stable', 'increasing', 'stable'],
    );
  });

  it('is unknown where there is no load average', () => {
    assert.deepEqual(presentCpu({ logicalCount: 2 }), {
      current_usage: null,
      logical_count: 2,
      load_average: null,
      trend: 'insufficient_data',
    });
  });
});
