import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import type { Verdict, WorkerThreads } from '../../model/index.ts';
import type { GrowingSite } from '../../monitor/monitor.ts';
import { workerThread, workerThreadDeath } from '../schemas/index.ts';
import { presentWorkers, presentWorkersWithSites } from './worker-threads.ts';

const AT = Date.UTC(2026, 2, 1, 12) / 1000;
const PLAIN = { atSeconds: AT, ageSeconds: 0.5, usedBytes: 7_000_000, totalBytes: 9_000_000 };
const WORKERS: WorkerThreads = {
  threads: [
    {
      threadId: 3,
      name: 'resize',
      heap: {
        ...PLAIN,
        limitBytes: 4e9,
        oldSpaceLimitBytes: 48e6,
        floorBytes: 6e6,
        externalBytes: 2e6,
        arrayBuffersBytes: 1e6,
      },
      sampling: { kind: 'sampled' },
    },
    { threadId: 4, name: 'plain', heap: PLAIN, sampling: { kind: 'not-sampled', reason: 'no preload' } },
    {
      threadId: 5,
      name: 'blocked',
      sampling: {
        kind: 'sampled',
        buffersAttributedBytes: 4096,
        rewriting: {
          kind: 'precise',
          filesRewritten: 3,
          filesLeftAlone: 1,
          lastLeftAlone: { path: '/odd.js', reason: 'Unexpected token' },
        },
      },
    },
  ],
  notShown: 2,
  outOfMemory: [{ threadId: 1, name: 'greedy', atSeconds: AT, heap: PLAIN }],
  outOfMemoryTotal: 1,
};

function growing(functionName: string, thread?: { id: number; name: string }): GrowingSite {
  const place = { functionName, file: '/app/a.js', line: 1, column: 1, liveBytes: 2 ** 20, count: 1 };
  return {
    site: { ...place, origin: 'application', ...(thread && { thread }) },
    growthBytes: 2 ** 20,
    growthBytesPerSecond: 1024,
    growthInterval: { low: 1000, high: 1048 },
    rises: 4,
    steps: 5,
    share: 0.5,
  };
}

describe('worker threads on the wire', () => {
  it('have what is known of each, and nothing else', () => {
    const { workers, workers_not_shown, workers_out_of_memory } = presentWorkers(WORKERS);
    z.array(workerThread).parse(workers);
    z.array(workerThreadDeath).parse(workers_out_of_memory);
    assert.equal(workers_not_shown, 2);
    assert.deepEqual(workers?.[0], {
      thread_id: 3,
      name: 'resize',
      heap_used_bytes: 7_000_000,
      heap_total_bytes: 9_000_000,
      heap_limit_bytes: 4e9,
      heap_old_space_limit_bytes: 48e6,
      heap_floor_bytes: 6e6,
      external_bytes: 2e6,
      array_buffers_bytes: 1e6,
      age_seconds: 0.5,
      sampled: true,
    });
    assert.deepEqual(workers?.[1], {
      thread_id: 4,
      name: 'plain',
      heap_used_bytes: 7_000_000,
      heap_total_bytes: 9_000_000,
      age_seconds: 0.5,
      sampled: false,
      not_sampled_because: 'no preload',
    });
    assert.deepEqual(workers?.[2], {
      thread_id: 5,
      name: 'blocked',
      sampled: true,
      buffers_attributed_bytes: 4096,
      precise: {
        files_rewritten: 3,
        files_left_alone: 1,
        last_left_alone: { file: '/odd.js', reason: 'Unexpected token' },
      },
    });
    assert.deepEqual(workers_out_of_memory?.[0], {
      thread_id: 1,
      name: 'greedy',
      timestamp: '2026-03-01T12:00:00.000Z',
      heap_used_bytes: 7_000_000,
    });
  });

  it('have their own sites and verdict', () => {
    const verdict: Verdict = { subject: 'worker:3', kind: 'leaking', confidence: 0.9, evidence: [] };
    const sites = [growing('main'), growing('keep', { id: 3, name: 'resize' })];
    const { workers } = presentWorkersWithSites(WORKERS, sites, [
      { ...verdict, subject: 'process:1' },
      verdict,
    ]);
    const shown = workers?.map(({ verdict: judged, growing_sites }) => [
      judged?.verdict,
      growing_sites.map((site) => [site.function, site.thread, site.thread_id]),
    ]);
    assert.deepEqual(shown, [
      ['leaking', [['keep', 'resize', 3]]],
      [undefined, []],
      [undefined, []],
    ]);
  });

  it('are not spoken of where there are none to watch', () => {
    assert.deepEqual([presentWorkers(undefined), presentWorkersWithSites(undefined, [], [])], [{}, {}]);
  });
});
