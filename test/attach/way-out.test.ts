// However it ends, the inspector is left as it was found.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startProfiler } from './profiler-process.ts';
import {
  attachTo,
  BLOCKING,
  closes,
  IDLE,
  isRunning,
  LEAK,
  openPorts,
  startTarget,
  topSite,
} from './target-process.ts';

describe('the inspector of a process that was profiled', () => {
  it('stays open when it was open before, with its sampler', async (t) => {
    const target = await startTarget(t, LEAK, { flags: ['--inspect=0'] });
    const { pid } = target;
    const before = openPorts(pid);
    const { inspector, foreignSampler } = await attachTo(pid);
    assert.deepEqual([inspector, foreignSampler, openPorts(pid)], ['open-as-found', false, before]);
    assert.ok(await target.seen(/Debugger ending/));
  });

  it('is closed on request even then', async (t) => {
    const { pid } = await startTarget(t, IDLE, { flags: ['--inspect=0'] });
    const { inspector } = await attachTo(pid, { closeInspector: true });
    assert.deepEqual([inspector, openPorts(pid)], ['closed', []]);
  });

  it('is found where the program has opened it itself', async (t) => {
    const code = `import { open } from 'node:inspector'; open(0); ${LEAK}`;
    const { pid } = await startTarget(t, code);
    const { inspector } = await attachTo(pid);
    assert.equal(inspector, 'open-as-found');
    assert.equal(openPorts(pid).length, 1);
  });

  it('is closed after the sampling was interrupted, and what was sampled is read', async (t) => {
    const { pid } = await startTarget(t, LEAK);
    const controller = new AbortController();
    const reading = await attachTo(pid, {
      seconds: 60,
      abort: controller.signal,
      onStage: ({ kind }) => {
        if (kind === 'sampling') setTimeout(() => controller.abort(), 500);
      },
    });
    assert.equal(topSite(reading).name, 'remember');
    assert.ok(reading.sampledSeconds < 30);
    assert.deepEqual([reading.inspector, openPorts(pid)], ['closed', []]);
  });

  it('is closed when it was interrupted before anything was sampled', async (t) => {
    const { pid } = await startTarget(t, IDLE);
    await assert.rejects(attachTo(pid, { abort: AbortSignal.abort() }), { code: 'ATTACH_INTERRUPTED' });
    assert.deepEqual([isRunning(pid), openPorts(pid)], [true, []]);
  });

  it('is closed when the profiling process was killed', async (t) => {
    const { pid } = await startTarget(t, LEAK);
    const { child } = await startProfiler(t, pid);
    assert.equal(openPorts(pid).length, 1);
    child.kill('SIGKILL');
    await closes(pid);
    assert.ok(isRunning(pid));
  });

  it('closes when a blocking call returns, if the main thread is in one', async (t) => {
    const { pid, child } = await startTarget(t, BLOCKING);
    const stages: unknown[] = [];
    const attempt = attachTo(pid, {
      onStage: (stage) => {
        stages.push(stage);
        if (stage.kind === 'sampling') child.kill('SIGUSR2');
      },
    });
    const { inspector } = await attempt;
    assert.equal(inspector, 'closed');
    await closes(pid);
    assert.ok(isRunning(pid));
  });

  it('ends with a process that ends', async (t) => {
    const { pid, child } = await startTarget(t, LEAK);
    const attempt = attachTo(pid, {
      seconds: 60,
      onStage: ({ kind }) => {
        if (kind === 'sampling') child.kill('SIGKILL');
      },
    });
    await assert.rejects(attempt, { code: 'PROCESS_ENDED' });
  });
});

describe("another profiler's sampler", () => {
  const SAMPLED = `
import { Session } from 'node:inspector';
const session = new Session();
session.connect();
session.post('HeapProfiler.startSampling', { samplingInterval: 4096 });
process.on('SIGUSR2', () => session.post('HeapProfiler.getSamplingProfile',
  (error) => console.log(error ? 'sampler ended' : 'sampler runs')));
${LEAK}`;

  it('is read, and neither started over nor stopped', async (t) => {
    const target = await startTarget(t, SAMPLED);
    const { pid, child } = target;
    const reading = await attachTo(pid);
    assert.deepEqual([reading.foreignSampler, topSite(reading).name], [true, 'remember']);
    child.kill('SIGUSR2');
    await target.seen(/sampler runs/);
    assert.deepEqual(openPorts(pid), []);
  });
});
