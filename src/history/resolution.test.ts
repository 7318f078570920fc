import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { chooseStep, type Extent, HOUR_MS, MINUTE_MS } from './resolution.ts';

const DAY_SECONDS = 86_400;
const NOW_SECONDS = 100 * DAY_SECONDS;

/** A sample each ten seconds for 90 days, samples kept two days and minutes fourteen. */
const LONG: Extent = {
  oldestMs: (NOW_SECONDS - 90 * DAY_SECONDS) * 1000,
  newestMs: NOW_SECONDS * 1000,
  samplesFromMs: (NOW_SECONDS - 2 * DAY_SECONDS) * 1000,
  minutesFromMs: (NOW_SECONDS - 14 * DAY_SECONDS) * 1000,
  countSamples: ({ fromMs, toMs }, limit) => Math.min(limit, Math.floor((toMs - fromMs) / 10_000) + 1),
};

function stepFor(hours: number, maxPoints?: number, extent = LONG): string {
  const { resolution, widthMs } = chooseStep(
    {
      fromSeconds: NOW_SECONDS - hours * 3600,
      toSeconds: NOW_SECONDS,
      ...(maxPoints === undefined ? {} : { maxPoints }),
    },
    extent,
  );
  return widthMs === 0 ? resolution : `${resolution} by ${widthMs / 1000} s`;
}

describe('the resolution for a range', () => {
  it('is the finest that fits the points asked for', () => {
    assert.equal(stepFor(1, 600), 'sample');
    assert.equal(stepFor(1, 361), 'sample');
    assert.equal(stepFor(1, 360), 'minute by 60 s');
    assert.equal(stepFor(8, 600), 'minute by 60 s');
    assert.equal(stepFor(24, 600), 'minute by 180 s');
    assert.equal(stepFor(7 * 24, 600), 'hour by 3600 s');
    assert.equal(stepFor(90 * 24, 600), 'hour by 14400 s');
  });

  it('has room for a day of minutes unless said otherwise', () => {
    assert.equal(stepFor(24), 'minute by 60 s');
  });

  it('is one that is kept for the whole range', () => {
    const day = {
      fromSeconds: NOW_SECONDS - 10 * DAY_SECONDS,
      toSeconds: NOW_SECONDS - 10 * DAY_SECONDS + 60,
    };
    assert.equal(chooseStep(day, LONG).resolution, 'minute');
    const month = {
      fromSeconds: day.fromSeconds - 30 * DAY_SECONDS,
      toSeconds: day.toSeconds - 30 * DAY_SECONDS,
    };
    assert.equal(chooseStep(month, LONG).resolution, 'hour');
  });

  it('is that of what there is, however long the range', () => {
    const young: Extent = { ...LONG, oldestMs: LONG.newestMs - 10 * MINUTE_MS, samplesFromMs: 0 };
    assert.equal(stepFor(90 * 24, 600, young), 'sample');
    assert.equal(stepFor(90 * 24, 20, young), 'minute by 60 s');
  });

  it('never gives more points than were asked for, wherever the range starts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 90 * DAY_SECONDS }),
        fc.integer({ min: 0, max: 90 * DAY_SECONDS }),
        fc.integer({ min: 2, max: 2000 }),
        (agoSeconds, lengthSeconds, maxPoints) => {
          const fromSeconds = NOW_SECONDS - agoSeconds;
          const toSeconds = Math.min(NOW_SECONDS, fromSeconds + lengthSeconds);
          const { resolution, widthMs } = chooseStep({ fromSeconds, toSeconds, maxPoints }, LONG);
          const unitMs = { sample: 10_000, minute: MINUTE_MS, hour: HOUR_MS }[resolution];
          const width = widthMs || unitMs;
          assert.equal(width % unitMs, 0);
          const buckets =
            Math.floor((toSeconds * 1000) / width) - Math.floor((fromSeconds * 1000) / width) + 1;
          assert.ok(buckets <= maxPoints || resolution === 'sample', `${buckets} points of ${maxPoints}`);
        },
      ),
    );
  });
});
