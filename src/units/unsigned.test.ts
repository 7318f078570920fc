import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseUnsigned } from './unsigned.ts';

describe('parseUnsigned', () => {
  it('reads every 64-bit number, to the nearest double', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
        assert.equal(parseUnsigned(value.toString()), Number(value));
      }),
    );
  });

  it('refuses what the kernel does not print', () => {
    for (const text of [
      '',
      ' 1',
      '1 ',
      '-1',
      '+1',
      '1.5',
      '1e3',
      '0x10',
      'max',
      '１',
      '99999999999999999999',
    ]) {
      assert.equal(parseUnsigned(text), undefined, JSON.stringify(text));
    }
  });
});
