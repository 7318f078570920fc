import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asIs, field, toGigabytes, toMegabytes, toMilliseconds, toPercent } from './quantity.ts';

describe('quantities on the wire', () => {
  it('round as Python does', () => {
    // round(131072 / 1024**2, 2), round(0.375 …, 2), round(2.675, 2) and round(1.005, 2) in CPython 3.11.
    assert.equal(toMegabytes(131_072), 0.12);
    assert.equal(toMegabytes(393_216), 0.38);
    assert.equal(toPercent(2.675), 2.67);
    assert.equal(toPercent(1.005), 1);
    assert.equal(toMilliseconds(0.0012345), 1.23);
  });

  it('keep gigabytes whole', () => {
    assert.equal(toGigabytes(25_125_851_136), 25_125_851_136 / 1024 ** 3);
  });

  it('leave out what is not there, and keep a 0 that is', () => {
    assert.deepEqual({ ...field('a', undefined, asIs), ...field('b', 0, asIs) }, { b: 0 });
  });
});
