// The profile of another process over HTTP: what is answered, and what each refusal becomes.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { createApi } from '../../src/api/api.ts';
import { ATTACH_PROBLEMS } from '../../src/api/attach-problems.ts';
import type * as wire from '../../src/api/wire.ts';
import type { ProcessProfileRequest } from '../../src/monitor/monitor.ts';
import { readProfile } from '../../src/profile/index.ts';
import { createFakeMonitor, type FakeMonitor, NOW_SECONDS } from './fake-monitor.ts';

let monitor: FakeMonitor;
let requests: ProcessProfileRequest[];

beforeEach(() => {
  requests = [];
  const fake = createFakeMonitor();
  monitor = {
    ...fake,
    profileProcess: (pid, request) => {
      requests.push(request);
      return fake.profileProcess(pid, request);
    },
  };
});

function post(body?: unknown): Promise<Response> {
  const api = createApi(monitor, { now: () => NOW_SECONDS, webRoot: '/nonexistent' });
  const init = { method: 'POST', ...(body !== undefined && { body: JSON.stringify(body) }) };
  return api.fetch(new Request('http://localhost/api/monitoring/processes/4211/profile', init));
}

describe('POST /api/monitoring/processes/:pid/profile', () => {
  it('answers with every site and the whole profile', async () => {
    const response = await post({ seconds: 5 });
    assert.equal(response.status, 200);
    const { data } = (await response.json()) as { data: wire.ProcessProfile };
    const { top_allocations, heapprofile, cautions, ...figures } = data;
    assert.deepEqual(figures, {
      pid: 4211,
      node_version: 'v20.20.2',
      timestamp: '2026-03-01T12:00:00.000Z',
      sampled_seconds: 30,
      pause_seconds: 0.15,
      sample_interval: 32_768,
      foreign_sampler: false,
      inspector: 'closed',
      heap_used_mb: 100,
      sampled_bytes: 4_194_304,
    });
    assert.equal(top_allocations[0]?.function, 'remember');
    assert.deepEqual(cautions, ['the main thread alone was sampled, not worker threads']);
    const { functionNames } = readProfile(new TextEncoder().encode(JSON.stringify(heapprofile)));
    assert.deepEqual(functionNames, ['(root)', 'remember']);
  });

  it('takes what is not said from its defaults, a body included', async () => {
    await post();
    await post({ sample_interval: 1024, confirm: true });
    assert.deepEqual(requests, [
      { seconds: 30, sampleBytes: 32_768, confirm: false },
      { seconds: 30, sampleBytes: 1024, confirm: true },
    ]);
  });

  it('refuses what it does not take', async () => {
    for (const body of [
      { seconds: 0 },
      { seconds: 301 },
      { sample_interval: 1 },
      { confirm: 'yes' },
      { x: 1 },
    ])
      assert.equal((await post(body)).status, 400, JSON.stringify(body));
    assert.deepEqual(requests, []);
  });

  it('says with a code of its own what is in the way', async () => {
    const codes = Object.keys(ATTACH_PROBLEMS) as (keyof typeof ATTACH_PROBLEMS)[];
    for (const code of [...codes, 'PROCESS_NOT_FOUND'] as const) {
      monitor.script.processProfile = { kind: 'refused', code, reason: 'process 4211 is busy' };
      const response = await post();
      const problem = (await response.json()) as wire.Problem;
      assert.equal(problem.code, code);
      assert.match(problem.detail, /^Process 4211 is busy\. [A-Z]/);
    }
  });

  it('is the agent’s alone', async () => {
    monitor.script.processProfile = { kind: 'unavailable', reason: 'a service watches itself' };
    const response = await post();
    const { code, detail } = (await response.json()) as wire.Problem;
    assert.deepEqual([response.status, code], [409, 'PROFILING_UNAVAILABLE']);
    assert.match(detail, /Not here: a service watches itself\./);
  });
});
