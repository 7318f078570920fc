import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HeapSample } from '../../model/index.ts';
import { createReportCollections } from './collections.ts';

const none = { count: 0, seconds: 0 };
const heap = (atSeconds: number, major = none, floorAtSeconds?: number): HeapSample => ({
  atSeconds,
  usedBytes: 1,
  totalBytes: 1,
  limitBytes: 1,
  externalBytes: 0,
  arrayBuffersBytes: 0,
  ageSeconds: 0,
  gc: { minor: none, major, incremental: none, weakcb: none },
  ...(floorAtSeconds !== undefined && { floorAtSeconds }),
});

async function collectionsOver(samples: readonly HeapSample[]) {
  const count = { watched: 0, own: 0 };
  const watched = async () => {
    count.watched += 1;
  };
  const collect = createReportCollections({ watched, own: () => count.own++ });
  for (const sample of samples) {
    collect(sample);
    await Promise.resolve();
  }
  return count;
}
const times = (seconds: number) => Array.from({ length: 2 * seconds }, (_, index) => index / 2);

describe('collections for a report', () => {
  it('come once a second while they are cheap, and the own ones seldom', async () => {
    assert.deepEqual(await collectionsOver(times(30).map((at) => heap(at))), { watched: 30, own: 10 });
  });

  it('pause the thread for a fiftieth of the time at most', async () => {
    const slow = { count: 10, seconds: 2 };
    assert.equal((await collectionsOver(times(60).map((at) => heap(at, slow)))).watched, 6);
  });

  it('are not asked for while V8 collects by itself', async () => {
    assert.equal((await collectionsOver(times(30).map((at) => heap(at, none, at - 0.2)))).watched, 0);
  });

  it('wait for the one before', () => {
    let asked = 0;
    const watched = () => {
      asked += 1;
      return new Promise<void>(() => {});
    };
    const collect = createReportCollections({ watched, own: () => {} });
    for (const at of times(30)) collect(heap(at));
    assert.equal(asked, 1);
  });

  it('wait for a heap', () => {
    const collect = createReportCollections({ watched: assert.fail, own: assert.fail });
    collect(undefined);
  });
});
