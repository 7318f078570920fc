import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SiteReading } from '../../leak/index.ts';
import type { Profile } from '../../model/index.ts';
import { ProfileBuilder } from '../../profile/index.ts';
import { KIB, MIB } from '../../units/index.ts';
import { grownParts, grownSites } from './what-grew.ts';

const INTERVAL = 512 * KIB;
type Live = Readonly<Record<string, number>>;

function reading(atSeconds: number, live: Live): SiteReading {
  const sites = Object.entries(live).map(([functionName, mib]) => ({
    functionName,
    file: '/app/orders.ts',
    line: 1,
    column: 1,
    liveBytes: mib * MIB,
    count: 1,
  }));
  return { atSeconds, sampleIntervalBytes: INTERVAL, sites };
}

function profile(live: Live): Profile {
  const builder = new ProfileBuilder();
  for (const [functionName, mib] of Object.entries(live)) {
    const frame = builder.frame({ functionName, file: '/app/orders.ts', line: 1, column: 1 });
    builder.addSample(builder.stackOf([frame]), mib * MIB, 1);
  }
  return builder.build({ counts: 'objects', sampleIntervalBytes: INTERVAL });
}

const names = (readings: readonly SiteReading[], last?: Profile) =>
  grownSites(readings, last).map(({ site, share }) => `${site.functionName} ${Math.round(100 * share)}`);

describe('the sites that grew', () => {
  it('are told from the first reading to the profile at the limit', () => {
    const readings = [reading(1, { cache: 300, remember: 5 }), reading(60, { cache: 300, remember: 5 })];
    assert.deepEqual(names(readings, profile({ cache: 300, remember: 200 })), ['remember 100']);
  });

  it('are what lives, where the first reading came too late to show growth, or never', () => {
    const late = [reading(1, { remember: 100, other: 5 })];
    assert.deepEqual(names(late, profile({ remember: 108, other: 12 })), ['remember 90', 'other 10']);
    assert.deepEqual(names([], profile({ remember: 120 })), ['remember 100']);
    assert.deepEqual(names(late), ['remember 95', 'other 5']);
  });

  it('are told from the readings alone after a kill', () => {
    const readings = [1, 2, 3, 4, 5].map((at) => reading(at, { cache: 50, remember: 20 * at }));
    assert.deepEqual(names(readings), ['remember 100']);
    assert.deepEqual(names([]), []);
  });
});

describe('the parts that grew', () => {
  const samples = [
    { atSeconds: 0, rssBytes: 100, heapTotalBytes: 40, externalBytes: 10 },
    { atSeconds: 60, rssBytes: 300, heapTotalBytes: 140, externalBytes: 70 },
  ];

  it('are the heap, what V8 keeps off it, and the rest', () => {
    assert.deepEqual(grownParts({ samples }), {
      overSeconds: 60,
      heapBytes: 100,
      externalBytes: 60,
      nativeBytes: 40,
    });
  });

  it('are unknown after one sample', () => {
    assert.equal(grownParts({ samples: samples.slice(0, 1) }), undefined);
    assert.equal(grownParts({ samples: [] }), undefined);
  });
});
