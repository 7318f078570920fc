import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PairInterner } from './pair-interner.ts';

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

describe('PairInterner', () => {
  it('numbers pairs as a map of them would', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(int32, fc.oneof(int32, fc.nat(3)))), (pairs) => {
        const interner = new PairInterner();
        const known = new Map<string, number>();
        for (const [first, second] of pairs) {
          const key = `${first},${second}`;
          if (!known.has(key)) known.set(key, known.size);
          assert.equal(interner.intern(first, second), known.get(key));
        }
        assert.equal(interner.size, known.size);
      }),
    );
  });

  const shapes: Readonly<Record<string, (index: number) => readonly [first: number, second: number]>> = {
    'a few children each': (index) => [index >> 3, index & 7],
    'a chain': (index) => [index - 1, 0],
    'one parent of all': (index) => [-1, index],
    'numbers far apart': (index) => [index * 65_536, -1 - index * 65_536],
  };
  for (const [shape, pairAt] of Object.entries(shapes))
    it(`keeps every number when it grows: ${shape}`, () => {
      const interner = new PairInterner();
      const size = 20_000;
      for (let index = 0; index < size; index += 1) interner.intern(...pairAt(index));
      for (let index = 0; index < size; index += 1) {
        assert.equal(interner.intern(...pairAt(index)), index);
        assert.deepEqual([interner.first(index), interner.second(index)], pairAt(index));
      }
      assert.deepEqual(
        [interner.size, interner.firsts().length, interner.seconds().length],
        [size, size, size],
      );
    });
});
