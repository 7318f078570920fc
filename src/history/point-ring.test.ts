import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PointRing } from './point-ring.ts';

describe('a ring of points', () => {
  it('holds the newest of them in their order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 0, max: 300 }), (size, count) => {
        const ring = new PointRing(size);
        const pushed = Array.from({ length: count }, (_, index) => ({
          atSeconds: 1000 + index,
          rssBytes: index * 4096,
          cpuPercent: index / 7,
        }));
        for (const { atSeconds, rssBytes, cpuPercent } of pushed) ring.push(atSeconds, rssBytes, cpuPercent);
        assert.deepEqual(ring.points(), pushed.slice(-size));
      }),
    );
  });

  it('replaces the newest by one of the same time', () => {
    const ring = new PointRing(2);
    for (const [atSeconds, rssBytes] of [
      [1, 10],
      [2, 20],
      [2, 21],
    ] as const)
      ring.push(atSeconds, rssBytes, 0);
    assert.deepEqual(
      ring.points().map(({ rssBytes }) => rssBytes),
      [10, 21],
    );
  });
});
