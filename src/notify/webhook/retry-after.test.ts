import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseRetryAfter } from './retry-after.ts';

const NOW = Date.UTC(2025, 0, 15, 12, 0, 0) / 1000;

describe('parseRetryAfter', () => {
  const cases = [
    ['120', 120],
    [' 0 ', 0],
    ['Wed, 15 Jan 2025 12:01:30 GMT', 90],
    ['Wed, 15 Jan 2025 11:00:00 GMT', 0],
    ['', undefined],
    ['soon', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    [null, undefined],
  ] as const;
  for (const [header, seconds] of cases) {
    it(`${JSON.stringify(header)} is ${seconds}`, () => {
      assert.equal(parseRetryAfter(header, NOW), seconds);
    });
  }

  it('never gives anything but a time to wait, whatever the header', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const seconds = parseRetryAfter(header, NOW);
        assert.ok(seconds === undefined || seconds >= 0);
      }),
    );
  });
});
