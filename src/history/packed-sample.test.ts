import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { packSample, unpackSample, valueIn } from './packed-sample.ts';
import type { SeriesValue } from './sample-row.ts';

const anyValue = fc.oneof(
  fc.maxSafeNat(),
  fc.nat({ max: 2 ** 33 }).map((kibibytes) => kibibytes * 1024),
);
const anyValues = fc.uniqueArray(
  fc.tuple(fc.nat({ max: 2 ** 40 }), anyValue).map(([series, value]) => ({ series, value })),
  {
    selector: ({ series }) => series,
  },
);

function unpacked(bytes: Uint8Array): readonly SeriesValue[] {
  const values: SeriesValue[] = [];
  unpackSample(bytes, (series, value) => values.push({ series, value }));
  return values;
}

describe('a packed sample', () => {
  it('gives back every value, series ascending', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const sorted = values.toSorted((a, b) => a.series - b.series);
        assert.deepEqual(unpacked(packSample(values)), sorted);
      }),
    );
  });

  it('gives back one value without the rest', () => {
    fc.assert(
      fc.property(anyValues, fc.nat({ max: 2 ** 40 }), (values, absent) => {
        const bytes = packSample(values);
        for (const { series, value } of values) assert.equal(valueIn(bytes, series), value);
        const there = values.find(({ series }) => series === absent);
        assert.equal(valueIn(bytes, absent), there?.value);
      }),
    );
  });

  it('of bytes that are something else never throws and ends', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(), (bytes, series) => {
        assert.ok(unpacked(bytes).length <= bytes.length / 2);
        assert.doesNotThrow(() => valueIn(bytes, series));
      }),
    );
  });

  it('holds a process of a few hundred megabytes in at most seven bytes', () => {
    const rss = { series: 66, value: 300 * 1024 ** 2 };
    const cpu = { series: 67, value: 1234 };
    const alone = packSample([{ series: 64, value: 0 }]).length;
    assert.equal(packSample([{ series: 64, value: 0 }, rss, cpu]).length - alone, 7);
  });
});
