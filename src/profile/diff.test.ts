import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { arbitraryProfile } from '../../test/profile/arbitrary-profile.ts';
import { type Profile, type ProfileMetadata, totalBytes } from '../model/index.ts';
import { type NewFrame, ProfileBuilder } from './builder.ts';
import { allocationSites, DIFF_KEYS, diffSites } from './diff.ts';

const main: NewFrame = { functionName: 'main', file: '/srv/server.ts', line: 1, column: 1 };
const remember: NewFrame = { functionName: 'remember', file: '/srv/orders.ts', line: 41, column: 17 };
const forget: NewFrame = { functionName: 'forget', file: '/srv/orders.ts', line: 41, column: 60 };
const parse: NewFrame = { functionName: 'parse', file: '/srv/node_modules/@s/p/i.js', line: 2, column: 3 };
const push: NewFrame = { functionName: 'push', file: '', line: 0, column: 0 };

function profileOf(
  samples: readonly (readonly [stack: readonly NewFrame[], bytes: number])[],
  metadata: Partial<ProfileMetadata> = {},
): Profile {
  const builder = new ProfileBuilder();
  for (const [stack, bytes] of samples)
    builder.addSample(builder.stackOf(stack.map((frame) => builder.frame(frame))), bytes, bytes / 10);
  return builder.build({ counts: 'objects', ...metadata });
}

const before = profileOf([
  [[main, remember], 100],
  [[main, forget], 500],
  [[main, parse], 300],
]);
const after = profileOf([
  [[main, parse], 350],
  [[main, remember, push], 50],
  [[main, remember], 850],
  [[main, forget], 100],
]);

describe('diffSites', () => {
  it('shows the most grown site first and what shrank last', () => {
    const { sites, ...sums } = diffSites(before, after);
    assert.deepEqual(
      sites.map(({ places, growthBytes }) => [places[0]?.functionName, growthBytes]),
      [
        ['remember', 800],
        ['parse', 50],
        ['forget', -400],
      ],
    );
    assert.deepEqual(sums, {
      key: 'site',
      beforeBytes: 900,
      afterBytes: 1350,
      grownBytes: 850,
      shrunkBytes: -400,
      siteCount: 3,
      cautions: [],
    });
    assert.deepEqual(sites[0], {
      places: [remember],
      beforeBytes: 100,
      afterBytes: 900,
      growthBytes: 800,
      beforeCount: 10,
      afterCount: 90,
    });
  });

  it('takes a file: URL and a path for the same file', () => {
    const url = profileOf([[[{ ...remember, file: 'file:///srv/orders.ts' }], 100]]);
    const path = profileOf([[[remember], 100]]);
    assert.deepEqual(
      diffSites(url, path).sites.map((site) => site.growthBytes),
      [0],
    );
  });

  it('matches a profile without columns, and functions without names', () => {
    const column = profileOf([
      [[{ ...remember, functionName: '' }], 100],
      [[parse], 10],
    ]);
    const none = profileOf([
      [[{ ...remember, functionName: '(anonymous:L#41:C#17)', column: 0 }], 300],
      [[{ ...parse, column: 0 }], 10],
    ]);
    assert.deepEqual(
      diffSites(column, none).sites.map(({ places, growthBytes }) => [places[0]?.functionName, growthBytes]),
      [
        ['(anonymous)', 200],
        ['parse', 0],
      ],
    );
  });

  it('groups by line, file and package', () => {
    const grown = (key: 'lineno' | 'filename' | 'package') =>
      diffSites(before, after, key).sites.map(({ places, growthBytes }) => [
        places[0]?.file,
        places[0]?.line,
        growthBytes,
      ]);
    assert.deepEqual(grown('lineno'), [
      ['/srv/orders.ts', 41, 400],
      ['/srv/node_modules/@s/p/i.js', 2, 50],
    ]);
    assert.deepEqual(grown('filename'), [
      ['/srv/orders.ts', 0, 400],
      ['/srv/node_modules/@s/p/i.js', 0, 50],
    ]);
    assert.deepEqual(grown('package'), [
      ['(application)', 0, 400],
      ['@s/p', 0, 50],
    ]);
  });

  it('groups by the whole stack', () => {
    const [first] = diffSites(before, after, 'traceback', 1).sites;
    assert.deepEqual(first?.places, [main, remember]);
  });

  it('loses nothing, whatever the key', () => {
    fc.assert(
      fc.property(arbitraryProfile, arbitraryProfile, fc.constantFrom(...DIFF_KEYS), (first, second, key) => {
        const diff = diffSites(first, second, key);
        const sum = (field: 'beforeBytes' | 'afterBytes' | 'growthBytes') =>
          diff.sites.reduce((total, site) => total + site[field], 0);
        assert.equal(diff.beforeBytes, totalBytes(first));
        assert.deepEqual([sum('beforeBytes'), sum('afterBytes')], [totalBytes(first), totalBytes(second)]);
        assert.equal(sum('growthBytes'), diff.grownBytes + diff.shrunkBytes);
        assert.equal(diff.siteCount, diff.sites.length);
      }),
    );
  });

  it('shows no growth between a profile and itself, and the opposite the other way round', () => {
    fc.assert(
      fc.property(arbitraryProfile, arbitraryProfile, fc.constantFrom(...DIFF_KEYS), (first, second, key) => {
        assert.equal(diffSites(first, first, key).grownBytes, 0);
        assert.equal(
          diffSites(first, second, key).grownBytes,
          Math.abs(diffSites(second, first, key).shrunkBytes),
        );
      }),
    );
  });

  it('says why a comparison may mislead', () => {
    const cautionsOf = (first: Partial<ProfileMetadata>, second: Partial<ProfileMetadata>) =>
      diffSites(profileOf([], first), profileOf([], second)).cautions.join('\n');
    assert.match(cautionsOf({ atSeconds: 2 }, { atSeconds: 1 }), /later one/);
    assert.match(cautionsOf({}, { calleesMayBeBilledToCallers: true }), /inlining/);
    assert.match(cautionsOf({ basis: { kind: 'as-read' } }, {}), /garbage/);
    assert.match(
      cautionsOf({ sampleIntervalBytes: 524_288 }, { sampleIntervalBytes: 65_536 }),
      /512 KiB and 64\.0 KiB/,
    );
    assert.match(cautionsOf({ threadName: 'main' }, { threadName: 'pool 1' }), /main and pool 1/);
    assert.match(cautionsOf({ counts: 'none' }, {}), /not counts/);
    const same: ProfileMetadata = {
      atSeconds: 1,
      basis: { kind: 'after-major-collection' },
      sampleIntervalBytes: 1024,
      threadName: 'main',
      counts: 'objects',
    };
    assert.equal(cautionsOf(same, { ...same, atSeconds: 2 }), '');
  });
});

describe('allocationSites', () => {
  it('names the largest sites, builtins counted for their callers', () => {
    assert.deepEqual(allocationSites(after, 2), [
      { ...remember, liveBytes: 900, count: 90 },
      { ...parse, liveBytes: 350, count: 35 },
    ]);
  });
});
