import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SiteReading } from '../../leak/index.ts';
import type { AllocationSite } from '../../model/index.ts';
import { MIB } from '../../units/index.ts';
import { growingSites } from './growth.ts';

const site = (functionName: string, mebibytes: number): AllocationSite => ({
  functionName,
  file: '/srv/app.ts',
  line: 1,
  column: 1,
  liveBytes: mebibytes * MIB,
  count: 1,
});

/** One reading a second; sites by name, in MiB. */
function readings(...given: readonly Readonly<Record<string, number>>[]): SiteReading[] {
  return given.map((sites, atSeconds) => ({
    atSeconds,
    sampleIntervalBytes: 524_288,
    sites: Object.entries(sites).map(([name, size]) => site(name, size)),
  }));
}

const grown = (given: readonly SiteReading[]) =>
  growingSites(given).map(({ site: { functionName }, growthBytes }) => [functionName, growthBytes / MIB]);

describe('sites that grow', () => {
  it('needs two readings', () => {
    assert.deepEqual(grown([]), []);
    assert.deepEqual(grown(readings({ leak: 100 })), []);
    assert.deepEqual(grown(readings({ leak: 10 }, { leak: 100 })), [['leak', 90]]);
  });

  it('lists the most grown first, new sites too, and their shares', () => {
    const given = readings({ a: 10 }, { a: 50, b: 90 });
    assert.deepEqual(grown(given), [
      ['b', 90],
      ['a', 40],
    ]);
    assert.deepEqual(
      growingSites(given).map(({ share }) => share),
      [90 / 130, 40 / 130],
    );
  });

  it('takes garbage for none: the least of neighbouring readings counts', () => {
    assert.deepEqual(grown(readings({ churn: 5 }, { churn: 5 }, { churn: 5 }, { churn: 200 })), []);
    assert.deepEqual(grown(readings({}, {}, {}, { churn: 200 })), []);
    assert.deepEqual(grown(readings({ leak: 5 }, { leak: 9 }, { leak: 50 }, { leak: 60 })), [['leak', 45]]);
  });

  it('takes swings for none: the least of an end is above all of the other', () => {
    const swinging = [60, 20, 40, 30, 50, 25, 45, 30, 55, 35, 40, 50].map((churn) => ({ churn }));
    assert.deepEqual(grown(readings(...swinging)), []);
    const leaking = swinging.map(({ churn }, index) => ({ churn: churn + 10 * index }));
    assert.deepEqual(grown(readings(...leaking)), [['churn', 95]]);
  });

  it("takes the sampler's own error for none", () => {
    assert.deepEqual(grown(readings({ a: 100 }, { a: 120 })), [], '20 MiB are less than three errors of 120');
    assert.deepEqual(grown(readings({ a: 100 }, { a: 130 })), [['a', 30]]);
  });
});
