import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { GIB, MIB } from '../../units/index.ts';
import { createHeapPace } from './heap-pace.ts';

describe('the pace of looking at a heap', () => {
  it('is slow far from the limit, and fast near it or while the heap grows fast', () => {
    const roomy = createHeapPace(4 * GIB);
    assert.equal(roomy({ atSeconds: 0, usedBytes: 100 * MIB }).nextAfterSeconds, 2);
    const near = createHeapPace(512 * MIB);
    assert.ok(near({ atSeconds: 0, usedBytes: 500 * MIB }).nextAfterSeconds < 0.1);
    const growing = createHeapPace(512 * MIB);
    const still = growing({ atSeconds: 0, usedBytes: 100 * MIB }).nextAfterSeconds;
    const fast = growing({ atSeconds: 1, usedBytes: 200 * MIB }).nextAfterSeconds;
    assert.ok(fast < still / 3, `${fast} against ${still}`);
  });

  it('forgets growth by and by, for a collection hides it', () => {
    const pace = createHeapPace(512 * MIB);
    const waits = [100, 200, 100, 100, 100, 100, 100].map(
      (usedMib, index) => pace({ atSeconds: index, usedBytes: usedMib * MIB }).nextAfterSeconds,
    );
    const [, grown = 0, collected = 0, , , , last = 0] = waits;
    assert.ok(grown < 0.5 && collected < last && last === waits[0]);
  });

  it('captures at each mark once, and anew after the heap had become small', () => {
    const pace = createHeapPace(100 * MIB);
    const captures = [50, 61, 62, 76, 70, 77, 86, 93, 98, 99, 70, 98, 39, 61].map(
      (usedMib, index) => pace({ atSeconds: index, usedBytes: usedMib * MIB }).capture,
    );
    assert.deepEqual(captures.map((captured) => (captured ? '*' : '.')).join(''), '.*.*..***....*');
  });

  it('never waits longer than two seconds nor spins, whatever it sees', () => {
    const look = fc.record({
      atSeconds: fc.double({ min: 0, max: 1e9, noNaN: true }),
      usedBytes: fc.double({ min: 0, max: 1e11, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.integer({ min: MIB, max: 16 * GIB }), fc.array(look), (limitBytes, looks) => {
        const pace = createHeapPace(limitBytes);
        for (const each of looks) {
          const { nextAfterSeconds } = pace(each);
          assert.ok(nextAfterSeconds >= 0.05 && nextAfterSeconds <= 2);
        }
      }),
    );
  });
});
