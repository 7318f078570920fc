import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HostSample } from '../model/index.ts';
import { countersOf, nextCounters } from './counters.ts';

const full: HostSample = {
  atSeconds: 100,
  paging: { swappedInBytes: 1, swappedOutBytes: 2, oomKills: 3 },
  cgroup: {
    version: 2,
    path: '/app',
    limit: { kind: 'unlimited' },
    high: { kind: 'unlimited' },
    swapLimit: { kind: 'unlimited' },
    events: { oomKill: 4 },
  },
  collectors: [],
};

describe('counters', () => {
  it('are what the reading has', () => {
    assert.deepEqual(countersOf(full), {
      swap: { atSeconds: 100, inBytes: 1, outBytes: 2 },
      oomKills: 3,
      cgroupOomKills: { path: '/app', count: 4 },
    });
    assert.deepEqual(countersOf({ atSeconds: 100, paging: { swappedInBytes: 1 }, collectors: [] }), {});
  });

  it('keep their older value where a reading lacks them', () => {
    const before = nextCounters({}, full);
    const after = nextCounters(before, { atSeconds: 160, paging: { oomKills: 5 }, collectors: [] });
    assert.deepEqual(after, { ...before, oomKills: 5 });
  });
});
