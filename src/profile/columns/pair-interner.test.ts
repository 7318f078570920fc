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

  it('keeps every number when it grows', () => {
    const interner = new PairInterner();
    const size = 5000;
    for (let index = 0; index < size; index += 1) interner.intern(index >> 3, index & 7);
    for (let index = 0; index < size; index += 1) {
      assert.equal(interner.intern(index >> 3, index & 7), index);
      assert.deepEqual([interner.first(index), interner.second(index)], [index >> 3, index & 7]);
    }
    assert.equal(interner.firsts().length, size);
    assert.equal(interner.seconds().at(-1), (size - 1) & 7);
  });
});
