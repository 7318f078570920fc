import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { FLAT_PERCENTAGE_POINTS_PER_HOUR, trendOf } from './trend.ts';

const NOON = 1_800_000_000;

const line = (start: number, perHour: number, stepSeconds: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    atSeconds: NOON + index * stepSeconds,
    value: start + (perHour * index * stepSeconds) / 3600,
  }));

const close = (actual: number, expected: number) =>
  assert.ok(
    Math.abs(actual - expected) <= 1e-6 * Math.max(1, Math.abs(expected)),
    `${actual}, not ${expected}`,
  );

describe('trend', () => {
  it('needs two points at different times', () => {
    assert.equal(trendOf([]).direction, 'insufficient_data');
    assert.equal(trendOf([{ atSeconds: NOON, value: 5 }]).direction, 'insufficient_data');
    const together = trendOf([
      { atSeconds: NOON, value: 4 },
      { atSeconds: NOON, value: 6 },
    ]);
    assert.deepEqual(together, {
      direction: 'insufficient_data',
      slopePerHour: 0,
      average: 5,
      min: 4,
      max: 6,
      points: 2,
    });
  });

  it('gives the slope per hour whatever the sampling interval', () => {
    for (const step of [0.5, 10, 60]) close(trendOf(line(40, 3, step, 100)).slopePerHour, 3);
  });

  it('follows time, not the index, over a gap', () => {
    const points = line(40, 3, 10, 400);
    close(trendOf([...points.slice(0, 20), ...points.slice(350)]).slopePerHour, 3);
  });

  it('agrees with a line fitted by hand', () => {
    // x = 0, 1, 2 h; y = 1, 2, 4: slope 3/2, mean 7/3.
    const trend = trendOf([1, 2, 4].map((value, hour) => ({ atSeconds: NOON + hour * 3600, value })));
    close(trend.slopePerHour, 1.5);
    close(trend.average, 7 / 3);
    assert.deepEqual([trend.min, trend.max, trend.points, trend.direction], [1, 4, 3, 'increasing']);
  });

  it('calls a slope under the flatness stable, in either direction', () => {
    const flatSlopePerHour = FLAT_PERCENTAGE_POINTS_PER_HOUR;
    const direction = (perHour: number) => trendOf(line(40, perHour, 60, 60), { flatSlopePerHour }).direction;
    assert.deepEqual([-0.6, -0.4, 0, 0.4, 0.6].map(direction), [
      'decreasing',
      'stable',
      'stable',
      'stable',
      'increasing',
    ]);
  });

  it('scales the flatness with the mean when none is given', () => {
    assert.equal(trendOf(line(1e9, 4e6, 60, 60)).direction, 'stable');
    assert.equal(trendOf(line(1e9, 6e6, 60, 60)).direction, 'increasing');
  });

  it('leaves out values that are no numbers', () => {
    const trend = trendOf([...line(40, 3, 60, 10), { atSeconds: NOON + 3600, value: Number.NaN }]);
    assert.equal(trend.points, 10);
    close(trend.slopePerHour, 3);
  });

  it('turns with the values and ignores their order', () => {
    const point = fc.record({
      atSeconds: fc.integer({ min: 0, max: 100_000 }),
      value: fc.integer({ min: -1000, max: 1000 }),
    });
    fc.assert(
      fc.property(fc.array(point, { minLength: 2, maxLength: 40 }), (points) => {
        const { slopePerHour } = trendOf(points);
        close(trendOf(points.map((p) => ({ ...p, value: -p.value }))).slopePerHour, -slopePerHour);
        close(trendOf(points.toReversed()).slopePerHour, slopePerHour);
      }),
    );
  });
});
