import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MIB } from '../../units/index.ts';
import { causeOfDeath, type KernelCounts, lastHeapUse } from './cause.ts';
import type { Journal } from './journal.ts';
import type { JournalEnd, JournalSample } from './journal-line.ts';

const LIMIT = 512 * MIB;

function journal(
  last: Partial<JournalSample> = {},
  end?: JournalEnd,
  lastHeap?: Journal['lastHeap'],
): Journal {
  return {
    start: {
      pid: 1,
      startedAtSeconds: 0,
      program: '',
      heapLimitBytes: LIMIT,
      sampleBytes: 524_288,
      inlining: false,
    },
    samples: [{ atSeconds: 10, rssBytes: 200 * MIB, ...last }],
    siteReadings: [],
    ...(end && { end }),
    ...(lastHeap && { lastHeap }),
  };
}

const cause = (of: Journal, counts: KernelCounts = {}, exported = false) =>
  causeOfDeath({ journal: of, counts, exported });

describe('why a run ended', () => {
  it('is nothing to tell where it ended by itself, or as it was asked to', () => {
    assert.equal(cause(journal({ heapUsedBytes: LIMIT }, { atSeconds: 11 })), undefined);
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'])
      assert.equal(cause(journal({ heapUsedBytes: LIMIT }, { atSeconds: 11, signal })), undefined);
  });

  it('is the heap where V8 called back at its limit, whatever else is known', () => {
    assert.equal(cause(journal({}, { atSeconds: 11 }), {}, true), 'heap-limit');
  });

  it('is the heap where it was seen at its limit, unless somebody killed it', () => {
    const full = { heapUsedBytes: 0.95 * LIMIT };
    assert.equal(cause(journal(full)), 'heap-limit');
    assert.equal(cause(journal(full, { atSeconds: 11, signal: 'SIGKILL' })), 'killed');
    const onTheWay = { heapUsedBytes: 0.7 * LIMIT };
    assert.equal(cause(journal(onTheWay)), 'killed');
    assert.equal(cause(journal(onTheWay, { atSeconds: 11, signal: 'SIGABRT' })), 'heap-limit');
  });

  it('is the kernel where it has counted a kill in the control group', () => {
    const last = { cgroupOomKills: 2 };
    assert.equal(cause(journal(last), { cgroupOomKills: 3 }), 'oom-kill');
    assert.equal(cause(journal(last), { cgroupOomKills: 2 }), 'killed');
    assert.equal(cause(journal(last), { cgroupOomKills: 0 }), 'killed', 'another control group');
  });

  it('is the kernel where it has counted one on the host and this process was near a limit', () => {
    const counts = { hostOomKills: 8 };
    const near = { hostOomKills: 7, cgroupLimitBytes: 220 * MIB };
    assert.equal(cause(journal(near), counts), 'oom-kill');
    assert.equal(cause(journal({ ...near, cgroupLimitBytes: 2000 * MIB }), counts), 'killed');
    assert.equal(cause(journal({ hostOomKills: 7, hostMemoryPercent: 97 }), counts), 'oom-kill');
    assert.equal(cause(journal({ hostOomKills: 7, hostMemoryPercent: 40 }), counts), 'killed');
  });

  it('is the kernel where whoever started it saw it killed while the kernel killed', () => {
    const end = { atSeconds: 11, signal: 'SIGKILL', hostOomKills: 8 };
    assert.equal(cause(journal({ hostOomKills: 7 }, end)), 'oom-kill');
    assert.equal(cause(journal({ hostOomKills: 8 }, end)), 'killed', 'somebody else, and before');
    assert.equal(cause(journal({}, end)), 'killed', 'it was never counted before');
  });
});

describe('the heap a moment before', () => {
  it('is the newest of samples and looks', () => {
    assert.equal(lastHeapUse(journal({ heapUsedBytes: 5 }, undefined, { atSeconds: 12, usedBytes: 7 })), 7);
    assert.equal(lastHeapUse(journal({ heapUsedBytes: 5 }, undefined, { atSeconds: 9, usedBytes: 7 })), 5);
    assert.equal(lastHeapUse(journal()), undefined);
  });
});
