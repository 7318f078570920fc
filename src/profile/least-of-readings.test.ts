import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { arbitraryProfile, canonical, samplesOf } from '../../test/profile/arbitrary-profile.ts';
import { EXTERNAL_DOMAIN, HEAP_DOMAIN, type Profile, totalBytes } from '../model/index.ts';
import { ProfileBuilder } from './builder.ts';
import { heapOnly } from './domains.ts';
import { leastOfReadings } from './least-of-readings.ts';
import { Snapshot } from './tracemalloc/snapshot.ts';

interface Held {
  readonly name: string;
  readonly bytes: number;
  readonly domain?: number;
}

function reading(...held: readonly Held[]): Profile {
  const builder = new ProfileBuilder();
  for (const { name, bytes, domain = HEAP_DOMAIN } of held) {
    const frame = builder.frame({ functionName: name, file: `/${name}.js`, line: 1, column: 1 });
    builder.addSample(builder.stackOf([frame]), bytes, bytes / 10, domain);
  }
  return builder.build({ counts: 'objects', basis: { kind: 'as-read' }, atSeconds: 7 });
}

function sizesOf(profile: Profile): Readonly<Record<string, readonly [number, number]>> {
  const statistics = new Snapshot(profile).statistics('filename');
  return Object.fromEntries(
    statistics.map(({ traceback, size, count }) => [traceback.at(0)?.filename ?? '', [size, count]]),
  );
}

describe('the least of several readings', () => {
  it('has of each stack the least, and nothing that one of them lacks', () => {
    const readings = [
      reading({ name: 'keeps', bytes: 90 }, { name: 'churns', bytes: 500 }, { name: 'passes', bytes: 70 }),
      reading({ name: 'churns', bytes: 40 }, { name: 'keeps', bytes: 90 }),
      reading({ name: 'keeps', bytes: 100 }, { name: 'churns', bytes: 300 }, { name: 'passes', bytes: 10 }),
    ] as const;
    const least = leastOfReadings(readings[2], readings.slice(0, 2));
    assert.deepEqual(sizesOf(least), { '/keeps.js': [90, 9], '/churns.js': [40, 4] });
    assert.deepEqual(least.metadata, {
      counts: 'objects',
      atSeconds: 7,
      basis: { kind: 'minimum', readings: 3 },
    });
  });

  it('leaves what is off the heap as it was read last', () => {
    const before = reading({ name: 'pool', bytes: 10, domain: EXTERNAL_DOMAIN });
    const after = reading(
      { name: 'pool', bytes: 30, domain: EXTERNAL_DOMAIN },
      { name: 'file', bytes: 20, domain: EXTERNAL_DOMAIN },
    );
    assert.deepEqual(sizesOf(leastOfReadings(after, [before])), { '/pool.js': [30, 3], '/file.js': [20, 2] });
  });

  it('never has more than any of them', () => {
    fc.assert(
      fc.property(fc.array(arbitraryProfile, { minLength: 2, maxLength: 4 }), ([newest, ...earlier]) => {
        assert.ok(newest);
        const total = (profile: Profile) => totalBytes(heapOnly(profile));
        const least = leastOfReadings(newest, earlier);
        for (const each of [newest, ...earlier]) assert.ok(total(least) <= total(each));
      }),
    );
  });

  it('is the same of the same', () => {
    fc.assert(
      fc.property(arbitraryProfile, (profile) => {
        const least = leastOfReadings(profile, [profile, profile]);
        assert.deepEqual(canonical(samplesOf(least)), canonical(samplesOf(profile)));
      }),
    );
  });
});
