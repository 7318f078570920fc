// The agent profiles a process for whoever asks over HTTP.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type * as wire from '../../src/api/wire.ts';
import { type RunningAgent, startAgent } from '../agent/running-agent.ts';
import { eventually } from '../service/program.ts';
import { IDLE, isRunning, LEAK, openPorts, startTarget } from './target-process.ts';

async function agentFor(t: TestContext): Promise<RunningAgent> {
  const agent = await startAgent();
  t.after(() => agent.child.kill('SIGKILL'));
  return agent;
}

function ask({ url }: RunningAgent, pid: number, body: object): Promise<Response> {
  const path = `${url.replace(/\/$/, '')}/api/monitoring/processes/${pid}/profile`;
  return fetch(path, { method: 'POST', body: JSON.stringify(body) });
}

const codeOf = async (response: Response) => ((await response.json()) as wire.Problem).code;

describe('POST /api/monitoring/processes/:pid/profile of an agent', () => {
  it('answers with the leak, one process at a time, and refuses with the reason', async (t) => {
    const agent = await agentFor(t);
    // On a slow machine V8 has the time to inline the function that leaks into the timer's.
    const leak = await startTarget(t, LEAK, { flags: ['--inspect-port=0', '--no-turbo-inlining'] });
    const idle = await startTarget(t, IDLE);
    const first = ask(agent, leak.pid, { seconds: 2, sample_interval: 8192 });
    await eventually(
      async () => openPorts(leak.pid),
      ({ length }) => length > 0,
    );
    const second = await ask(agent, idle.pid, { seconds: 1 });
    assert.deepEqual([second.status, await codeOf(second)], [409, 'ATTACH_BUSY']);
    const { data } = (await (await first).json()) as { data: wire.ProcessProfile };
    assert.deepEqual([data.top_allocations[0]?.function, data.inspector], ['remember', 'closed']);
    assert.deepEqual([openPorts(leak.pid), openPorts(idle.pid)], [[], []]);
    assert.equal(await codeOf(await ask(agent, 4_194_303, {})), 'PROCESS_NOT_FOUND');
    assert.equal(await codeOf(await ask(agent, agent.child.pid ?? 0, {})), 'ATTACH_TO_ITSELF');
  });

  it('detaches when the agent is told to end', async (t) => {
    const agent = await agentFor(t);
    const { pid } = await startTarget(t, LEAK);
    const asked = ask(agent, pid, { seconds: 60 }).catch(() => undefined);
    await eventually(
      async () => openPorts(pid),
      ({ length }) => length > 0,
    );
    agent.child.kill('SIGTERM');
    assert.equal((await agent.ended).code, 0);
    await asked;
    assert.deepEqual([openPorts(pid), isRunning(pid)], [[], true]);
  });

  it('refuses where processes are read from elsewhere', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-proc-'));
    t.after(() => rmSync(folder, { recursive: true }));
    symlinkSync('/proc', join(folder, 'proc'));
    const agent = await startAgent({ MONITORING_PROC_ROOT: join(folder, 'proc') });
    t.after(() => agent.child.kill('SIGKILL'));
    const { pid } = await startTarget(t, IDLE);
    assert.equal(await codeOf(await ask(agent, pid, {})), 'PROFILING_UNAVAILABLE');
  });
});
