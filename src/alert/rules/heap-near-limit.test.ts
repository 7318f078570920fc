import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HeapSample, OwnProcessSample } from '../../model/index.ts';
import { GIB, MIB } from '../../units/index.ts';
import { heapNearLimit } from './heap-near-limit.ts';

const thresholds = { memoryPercent: 85, processRssBytes: GIB };
const NONE = { count: 0, seconds: 0 };

function own(heap: Partial<HeapSample>): OwnProcessSample {
  const sample: HeapSample = {
    atSeconds: 0,
    usedBytes: 120 * MIB,
    totalBytes: 130 * MIB,
    limitBytes: 335 * MIB,
    externalBytes: 0,
    arrayBuffersBytes: 0,
    gc: { minor: NONE, major: NONE, incremental: NONE, weakcb: NONE },
    ageSeconds: 0,
    ...heap,
  };
  return { atSeconds: 0, pid: 1, rssBytes: 200 * MIB, cpuSeconds: 1, heap: sample };
}

const OLD_SPACE_LIMIT = { oldSpaceLimitBytes: 128 * MIB };

const SAMPLED = { kind: 'sampled' } as const;

describe('heap_near_limit', () => {
  it('measures against the old-space limit, of which heap_size_limit knows nothing', () => {
    assert.equal(heapNearLimit({ own: own({}), thresholds }).outcome, 'healthy');
    assert.deepEqual(heapNearLimit({ own: own({}), ...OLD_SPACE_LIMIT, thresholds }), {
      key: 'heap_near_limit',
      outcome: 'breach',
      type: 'heap',
      severity: 'medium',
      title: 'V8 heap near its limit',
      message: 'V8 heap near its limit: 120 MiB used, 93.8% of 128 MiB',
    });
  });

  it('tells of the fullest of all threads', () => {
    const plain = { atSeconds: 0, ageSeconds: 0, usedBytes: 60 * MIB, totalBytes: 70 * MIB };
    const roomy = { ...plain, limitBytes: 96 * MIB };
    const full = { ...roomy, floorBytes: 46 * MIB, oldSpaceLimitBytes: 48 * MIB };
    const threads = [
      { threadId: 2, name: 'plain', heap: { ...plain, usedBytes: GIB }, sampling: SAMPLED },
      { threadId: 3, name: 'resize', heap: full, sampling: SAMPLED },
      { threadId: 4, name: 'mail', heap: roomy, sampling: SAMPLED },
    ];
    const workers = { threads, notShown: 0, outOfMemory: [], outOfMemoryTotal: 0 };
    const seen = heapNearLimit({ own: { ...own({}), workers }, thresholds });
    assert.ok(seen.outcome === 'breach');
    assert.equal(
      seen.message,
      'V8 heap near its limit: worker resize #3 holds 46.0 MiB left by a major collection, 95.8% of 48.0 MiB',
    );
  });

  it('judges what a major collection left, not the garbage before it', () => {
    const garbage = own({ usedBytes: 125 * MIB, oldSpaceBytes: 124 * MIB, floorBytes: 60 * MIB });
    assert.equal(heapNearLimit({ own: garbage, ...OLD_SPACE_LIMIT, thresholds }).outcome, 'healthy');
    const full = own({ usedBytes: 125 * MIB, floorBytes: 124 * MIB });
    const seen = heapNearLimit({ own: full, ...OLD_SPACE_LIMIT, thresholds });
    assert.ok(seen.outcome === 'breach');
    assert.match(seen.message, /124 MiB left by a major collection, 96\.9%/);
    assert.equal(seen.severity, 'high');
  });

  it('falls back to the old space, then to heap used against heap_size_limit', () => {
    const old = own({ usedBytes: 10 * MIB, oldSpaceBytes: 120 * MIB });
    assert.equal(heapNearLimit({ own: old, ...OLD_SPACE_LIMIT, thresholds }).outcome, 'breach');
    assert.equal(heapNearLimit({ own: own({ usedBytes: 300 * MIB }), thresholds }).outcome, 'breach');
  });

  it('tells of the death of the run before, whatever the heap is now', () => {
    const death = { cause: 'heap-limit', sentence: 'previous run died at 497 of 512 MiB' } as const;
    const seen = heapNearLimit({ thresholds, death });
    assert.ok(seen.outcome === 'breach');
    assert.deepEqual([seen.severity, seen.immediate], ['critical', true]);
    assert.equal(seen.message, 'Death at the heap limit: previous run died at 497 of 512 MiB');
    assert.equal(heapNearLimit({ thresholds, death: { ...death, cause: 'oom-kill' } }).outcome, 'unknown');
  });

  it('is unknown without a heap or a limit', () => {
    assert.equal(heapNearLimit({ thresholds }).outcome, 'unknown');
    assert.equal(heapNearLimit({ own: own({ limitBytes: 0 }), thresholds }).outcome, 'unknown');
    assert.equal(heapNearLimit({ own: own({ limitBytes: Number.NaN }), thresholds }).outcome, 'unknown');
  });
});
