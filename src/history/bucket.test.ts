import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Bucket, bucketOf, mergeBuckets, toPoint, widenBuckets } from './bucket.ts';
import { HOUR_MS, MINUTE_MS } from './resolution.ts';

/** Values of a day, in time's order; sums stay whole numbers that a double holds. */
const anySamples: fc.Arbitrary<readonly Bucket[]> = fc
  .array(fc.tuple(fc.nat({ max: 24 * HOUR_MS }), fc.nat({ max: 2 ** 44 })), { minLength: 1, maxLength: 200 })
  .map((samples) =>
    samples.toSorted(([a], [b]) => a - b).map(([atMs, value]) => bucketOf(1_760_000_000_000 + atMs, value)),
  );

/** A roll-up worked out the plain way. */
function computed(samples: readonly Bucket[], atMs: number, widthMs: number): Bucket {
  const values = samples
    .filter((sample) => Math.floor(sample.atMs / widthMs) === atMs / widthMs)
    .map(({ last }) => last);
  return {
    atMs,
    min: Math.min(...values),
    max: Math.max(...values),
    last: values.at(-1) ?? Number.NaN,
    sum: values.reduce((sum, value) => sum + value, 0),
    count: values.length,
  };
}

describe('roll-ups', () => {
  it('tell of their samples what can be computed from them', () => {
    fc.assert(
      fc.property(anySamples, fc.constantFrom(MINUTE_MS, 3 * MINUTE_MS, HOUR_MS), (samples, widthMs) => {
        const buckets = widenBuckets(samples, widthMs);
        for (const bucket of buckets) assert.deepEqual(bucket, computed(samples, bucket.atMs, widthMs));
        assert.equal(
          buckets.reduce((sum, { count }) => sum + count, 0),
          samples.length,
        );
      }),
    );
  });

  it('of minutes are the roll-ups of the samples', () => {
    fc.assert(
      fc.property(anySamples, (samples) => {
        assert.deepEqual(
          widenBuckets(widenBuckets(samples, MINUTE_MS), HOUR_MS),
          widenBuckets(samples, HOUR_MS),
        );
      }),
    );
  });

  it('keep the mean between the least and the greatest', () => {
    fc.assert(
      fc.property(anySamples, fc.constantFrom(1, 100), (samples, scale) => {
        const [first, ...rest] = samples as [Bucket, ...Bucket[]];
        const point = toPoint(rest.reduce(mergeBuckets, first), scale);
        // A sum of many divided again may miss a value that all of them have by a rounding.
        const slack = point.max * 1e-12;
        assert.ok(point.min - slack <= point.mean && point.mean <= point.max + slack);
      }),
    );
  });
});
