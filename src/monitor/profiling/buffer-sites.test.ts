import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PositionResolver } from '../../heap/index.ts';
import { EXTERNAL_DOMAIN, totalBytes } from '../../model/index.ts';
import { allocationSites, externalOnly, heapOnly } from '../../profile/index.ts';
import { bufferProfile } from './buffer-profile.ts';
import { type BufferReading, createBufferSites } from './buffer-sites.ts';

const frames = [
  { functionName: 'keep', file: '/srv/app.ts', line: 7, column: 3 },
  { functionName: 'main', file: '/srv/app.ts', line: 20, column: 1 },
];
const report = { first: false, atSeconds: 5, totalBytes: 1000, intervalBytes: 65_536 };

const NO_MAPS: PositionResolver = {
  resolve: (positions) => positions,
  sourceText: () => undefined,
  cachedBytes: () => 0,
};
const profileOf = (reading: BufferReading) => bufferProfile({ reading }, NO_MAPS);

describe('what is known of buffers', () => {
  it('is nothing before the first report', () => {
    assert.equal(createBufferSites().reading(), undefined);
  });

  it('follows the reports', () => {
    const sites = createBufferSites();
    sites.take({ ...report, first: true, changes: [{ id: 1, frames, bytes: 300, count: 2 }] });
    sites.take({ ...report, atSeconds: 6, changes: [{ id: 1, bytes: 700, count: 3 }] });
    assert.deepEqual(sites.reading(), {
      atSeconds: 6,
      totalBytes: 1000,
      sites: [{ frames, bytes: 700, count: 3 }],
    });
    sites.take({ ...report, changes: [{ id: 1, bytes: 0, count: 0 }] });
    assert.deepEqual(sites.reading()?.sites, []);
    sites.take({ ...report, changes: [{ id: 1, frames, bytes: 1, count: 1 }] });
    sites.take({ ...report, first: true, changes: [] });
    assert.deepEqual(sites.reading()?.sites, [], 'a new watch begins at nothing');
  });

  it('stands in a profile off the heap, with what is nobody’s apart', () => {
    const profile = profileOf({
      atSeconds: 6,
      totalBytes: 1000,
      sites: [{ frames, bytes: 700, count: 3 }],
    });
    assert.deepEqual([...profile.samples.domain], [EXTERNAL_DOMAIN, EXTERNAL_DOMAIN]);
    assert.deepEqual(allocationSites(profile), [
      { ...frames[0], liveBytes: 700, count: 3, kind: 'buffer' },
      { functionName: '(external)', file: '', line: 0, column: 0, liveBytes: 300, count: 0, kind: 'buffer' },
    ]);
    assert.deepEqual([totalBytes(heapOnly(profile)), totalBytes(externalOnly(profile))], [0, 1000]);
  });

  it('has no function that precise mode made', () => {
    const made = { functionName: '', file: '/srv/app.ts', line: 7, column: 9 };
    const reading = {
      atSeconds: 6,
      totalBytes: 700,
      sites: [{ frames: [made, ...frames], bytes: 700, count: 3 }],
    };
    const [site] = allocationSites(profileOf(reading));
    assert.deepEqual([site?.functionName, site?.line, site?.column], ['keep', 7, 9]);
  });

  it('leaves nothing over where the estimates come to more than there is', () => {
    const profile = profileOf({
      atSeconds: 6,
      totalBytes: 600,
      sites: [{ frames, bytes: 700, count: 3 }],
    });
    assert.equal(totalBytes(profile), 700);
    assert.equal(profile.samples.stack.length, 1);
  });
});
