import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatBytes, formatCount, formatDuration, formatGrowthPerHour, formatTime } from './format.ts';
import { roundHalfEven, usagePercent } from './rounding.ts';

describe('rounding half to even', () => {
  it('takes exact ties to the even neighbour, as Python does', () => {
    // Each pair as printed by CPython 3.11's round(x, 1).
    const cases: readonly [number, number][] = [
      [0.25, 0.2],
      [0.75, 0.8],
      [0.35, 0.3],
      [2.5, 2.5],
      [12.25, 12.2],
      [12.35, 12.3],
      [-0.25, -0.2],
      [-0.75, -0.8],
      [99.95, 100.0],
      [84.95, 85.0],
      [85.25, 85.2],
      [1e20, 1e20],
    ];
    for (const [value, expected] of cases) assert.equal(roundHalfEven(value, 1), expected, String(value));
    assert.deepEqual(
      [0.5, 1.5, 2.5, -0.5, -1.5].map((value) => roundHalfEven(value)),
      [0, 2, 2, 0, -2],
    );
  });

  it('is never further off than half a unit of the last place', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
        assert.ok(Math.abs(roundHalfEven(value, 1) - value) <= 0.05 + 1e-6);
      }),
    );
  });

  it('gives 0 per cent of nothing', () => {
    assert.equal(usagePercent(5, 0), 0);
    assert.equal(usagePercent(1, 3), 33.3);
  });
});

describe('formatting', () => {
  it('sizes: IEC units, three figures', () => {
    const cases: readonly [number, string][] = [
      [0, '0 B'],
      [1023, '1023 B'],
      [1024, '1.00 KiB'],
      [851_443_712, '812 MiB'],
      [1_524_713_390, '1.42 GiB'],
      [1024 ** 2 - 1, '1.00 MiB'],
      [-38 * 1024 ** 2, '-38.0 MiB'],
    ];
    for (const [bytes, text] of cases) assert.equal(formatBytes(bytes), text);
    assert.equal(formatGrowthPerHour((38 * 1024 ** 2) / 3600), '+38.0 MiB/h');
  });

  it('sizes never need more than four digits below the largest unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 50 }), (bytes) => {
        const digits = formatBytes(bytes).replace(/[^\d]/g, '');
        assert.ok(digits.length <= 4 && formatBytes(bytes).length <= 8, formatBytes(bytes));
      }),
    );
  });

  it('durations: the two largest parts', () => {
    const cases: readonly [number, string][] = [
      [0.354, '0.35 s'],
      [12, '12 s'],
      [60, '1 min'],
      [18_600, '5 h 10 min'],
      [266_400, '3 d 2 h'],
      [86_401, '1 d'],
      [59.7, '1 min'],
    ];
    for (const [seconds, text] of cases) assert.equal(formatDuration(seconds), text);
  });

  it('times: ISO 8601 with a Z', () => {
    assert.equal(formatTime(0.5), '1970-01-01T00:00:00.500Z');
  });
});

describe('counts', () => {
  it('show every digit, in groups of three', () => {
    assert.deepEqual([0, 999, 1000, 1_234_567.8, -12_345].map(formatCount), [
      '0',
      '999',
      '1,000',
      '1,234,568',
      '-12,345',
    ]);
  });

  it('read as the browser would write them', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (count) =>
        assert.equal(formatCount(count), count.toLocaleString('en')),
      ),
    );
  });
});
