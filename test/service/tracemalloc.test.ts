// tracemalloc's functions on a service that was started without profiling: in its own code, and from outside.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Tracing } from '../../src/api/wire.ts';
import { MIB } from '../../src/units/index.ts';
import { eventually, getJson, INDEX, startProgram } from './program.ts';

const STARTED_BY_CODE = `
  import { setFlagsFromString } from 'node:v8';
  import { runInNewContext } from 'node:vm';
  import { startMonitor } from '${INDEX}';
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const monitor = await startMonitor({ port: 0, tracemallocEnabled: false,
    tracemallocSampleBytes: 65536, tracemallocThresholdMb: 100000 });
  const { tracemalloc } = monitor;
  const report = { failed: {} };
  const failing = async (name, call) => {
    report.failed[name] = await call().then(() => 'nothing', (error) => error.code);
  };
  const kept = [];
  const grow = (mib) => {
    for (let i = 0; i < mib * 128; i += 1) kept.push(Array(1024).fill(i));
  };
  const mib = async () => {
    const { current, peak } = await tracemalloc.getTracedMemory();
    return { current: Math.round(current / 2 ** 20), peak: Math.round(peak / 2 ** 20) };
  };
`;

interface Memory {
  readonly current: number;
  readonly peak: number;
}

async function report<T>(code: string): Promise<T> {
  const program = startProgram(
    `${STARTED_BY_CODE}
     ${code}
     await monitor.stop();
     console.log(JSON.stringify(report));`,
    { monitored: false },
  );
  const { code: status, stdout, stderr } = await program.ended;
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as T;
}

const about = (memory: Memory, current: number, peak: number): void => {
  assert.ok(Math.abs(memory.current - current) < 8, `${JSON.stringify(memory)}, not ${current}`);
  assert.ok(Math.abs(memory.peak - peak) < 8, `${JSON.stringify(memory)}, not ${peak}`);
};

describe('tracemalloc in the code of a service', () => {
  it('starts, measures, forgets and stops', async () => {
    const { off, limits, memory, ...rest } = await report<{
      off: [boolean, number, Memory];
      limits: number[];
      memory: Record<string, Memory>;
      tracing: boolean[];
      failed: Record<string, string>;
      snapshot: { mib: number; limit: number };
      kept: number;
    }>(`
      await failing('a snapshot while off', () => tracemalloc.takeSnapshot());
      for (const limit of [0, 129, 2.5]) await failing('a limit of ' + limit, () => tracemalloc.start(limit));
      await tracemalloc.stop();
      await tracemalloc.clearTraces();
      report.off = [await tracemalloc.isTracing(), await tracemalloc.getTracebackLimit(), await mib()];
      grow(30);
      await tracemalloc.start(25);
      report.tracing = [await tracemalloc.isTracing()];
      report.limits = [await tracemalloc.getTracebackLimit()];
      await tracemalloc.start(3);
      report.limits.push(await tracemalloc.getTracebackLimit());
      grow(40);
      report.memory = { grown: await mib() };
      const snapshot = await tracemalloc.takeSnapshot();
      report.snapshot = { mib: Math.round(snapshot.sampledBytes / 2 ** 20), limit: snapshot.tracebackLimit };
      const held = await tracemalloc.getTracemallocMemory();
      report.memory.held = { current: held > 1000, peak: held < 20e6 };
      kept.length = 0;
      collect();
      await new Promise((resolve) => setTimeout(resolve, 150));
      report.memory.freed = await mib();
      await tracemalloc.resetPeak();
      report.memory.reset = await mib();
      grow(20);
      await new Promise((resolve) => setTimeout(resolve, 150));
      report.memory.again = await mib();
      await tracemalloc.clearTraces();
      report.memory.cleared = await mib();
      report.limits.push(await tracemalloc.getTracebackLimit());
      await tracemalloc.stop();
      report.tracing.push(await tracemalloc.isTracing());
      report.memory.stopped = await mib();
      report.kept = (await monitor.snapshots()).length;`);
    assert.deepEqual(off, [false, 64, { current: 0, peak: 0 }]);
    assert.deepEqual(limits, [25, 25, 25]);
    assert.deepEqual(rest.tracing, [true, false]);
    assert.deepEqual(rest.failed, {
      'a snapshot while off': 'PROFILING_DISABLED',
      'a limit of 0': 'TRACEBACK_LIMIT',
      'a limit of 129': 'TRACEBACK_LIMIT',
      'a limit of 2.5': 'TRACEBACK_LIMIT',
    });
    about(memory.grown as Memory, 40, 40);
    about(memory.freed as Memory, 0, 40);
    about(memory.reset as Memory, 0, 0);
    about(memory.again as Memory, 20, 20);
    about(memory.cleared as Memory, 0, 0);
    assert.deepEqual(memory.held, { current: true, peak: true });
    assert.deepEqual(memory.stopped, { current: 0, peak: 0 });
    assert.ok(
      Math.abs(rest.snapshot.mib - 40) < 8 && rest.snapshot.limit === 25,
      JSON.stringify(rest.snapshot),
    );
    assert.equal(rest.kept, 1, 'snapshots outlive the tracing');
  });

  it('has statistics, filters, comparisons, dumps and tracebacks with their source', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-tracemalloc-'));
    const file = join(folder, 'keeper.mjs');
    writeFileSync(file, 'export function keep(kept) {\n  kept.push(Array(1024).fill(5));\n}\n');
    const found = await report<Record<string, unknown>>(`
      const { Filter, Snapshot, HEAP_DOMAIN } = await import('${INDEX}');
      const { keep } = await import(${JSON.stringify(file)});
      await tracemalloc.start();
      const before = await tracemalloc.takeSnapshot();
      for (let i = 0; i < 2000; i += 1) keep(kept);
      await new Promise((resolve) => setTimeout(resolve, 5000));
      const snapshot = await tracemalloc.takeSnapshot();
      const only = snapshot.filterTraces([new Filter(true, '*keeper.mjs', undefined, false, HEAP_DOMAIN)]);
      const is16MiB = (bytes) => Math.abs(bytes / 2 ** 24 - 1) < 0.25;
      const sizes = (of, ...how) => of.statistics(...how).map(({ size }) => is16MiB(size));
      report.kept = sizes(only, 'lineno');
      report.cumulative = sizes(only, 'filename', true).filter((is) => is).length > 1;
      report.excluded = snapshot.filterTraces([new Filter(false, '*keeper.mjs', undefined, true)])
        .statistics('filename').filter(({ traceback }) => traceback.at(0).filename.endsWith('keeper.mjs')).length;
      const [grown] = snapshot.compareTo(before, 'lineno');
      report.grown = [is16MiB(grown.sizeDiff), grown.traceback.at(-1).lineno];
      const [deepest] = only.statistics('traceback');
      report.formatted = deepest.traceback.format(1);
      const loaded = Snapshot.load(snapshot.dump());
      report.same = JSON.stringify(loaded.statistics('lineno').map(String)) ===
        JSON.stringify(snapshot.statistics('lineno').map(String));`);
    rmSync(folder, { recursive: true });
    assert.deepEqual(found, {
      failed: {},
      kept: [true],
      cumulative: true,
      excluded: 0,
      grown: [true, 1],
      formatted: [`  File "${file}", line 1`, '    export function keep(kept) {'],
      same: true,
    });
  });

  it('reads what another profiler runs, and leaves it alone', async () => {
    const { failed, limit, runs } = await report<{ failed: object; limit?: number; runs: boolean }>(`
      const { createRequire } = await import('node:module');
      const pprof = createRequire('${INDEX}')('@datadog/pprof/out/src/heap-profiler-bindings.js');
      pprof.startSamplingHeapProfiler(65536, 16);
      await tracemalloc.start(3);
      report.limit = await tracemalloc.getTracebackLimit();
      await failing('stop', () => tracemalloc.stop());
      await failing('clear', () => tracemalloc.clearTraces());
      report.runs = pprof.getAllocationProfile() !== undefined;`);
    assert.deepEqual(failed, { stop: 'SAMPLER_FOREIGN', clear: 'SAMPLER_FOREIGN' });
    assert.equal(limit, undefined);
    assert.ok(runs);
  });
});

describe('tracemalloc over HTTP', () => {
  const SERVICE = `
    const kept = [];
    process.on('message', (message) => {
      if (message === 'grow') for (let i = 0; i < 40 * 128; i += 1) kept.push(Array(1024).fill(i));
      else {
        process.send('blocked');
        for (const end = Date.now() + message; Date.now() < end; );
        process.send('done');
      }
    });
    const { registeredMonitor } = await import('${INDEX}');
    console.log('at ' + await registeredMonitor().ready());
  `;

  it('begins in a running service, and refuses while its event loop is blocked', async () => {
    const env = { MONITORING_TRACEMALLOC_ENABLED: 'false', MONITORING_TRACEMALLOC_SAMPLE_BYTES: '65536' };
    const program = startProgram(SERVICE, { monitored: true, env });
    const { child } = program;
    try {
      const [, url] = await program.seen(/at (\S+)/);
      const base = `${url}/api/monitoring`;
      const post = async (path: string) => {
        const response = await fetch(`${base}/tracemalloc/${path}`, { method: 'POST' });
        const body = (await response.json()) as { data?: Tracing; code?: string; message?: string };
        return { status: response.status, ...body };
      };
      const state = async () => (await getJson(`${base}/tracemalloc`)).data as Tracing;
      assert.equal((await state()).tracing, false);

      const begun = await post('start?nframe=12');
      assert.deepEqual([begun.status, begun.message], [200, 'Tracing has begun']);
      assert.deepEqual(
        [begun.data?.started_by, begun.data?.before_application, begun.data?.traceback_limit],
        ['request', false, 12],
      );
      assert.equal((await post('start')).message, 'Tracing is on already');
      child.send('grow');
      const grown = await eventually(state, ({ traced_memory }) => (traced_memory?.current ?? 0) > 30 * MIB);
      assert.ok((grown.traced_memory?.peak ?? 0) >= (grown.traced_memory?.current ?? 0));
      const leaks = await getJson(`${base}/memory-leaks`);
      assert.equal(leaks.success, true);

      child.send(8000);
      assert.deepEqual(await once(child, 'message'), ['blocked', undefined]);
      const late = await post('stop');
      assert.deepEqual([late.status, late.code], [503, 'TRACING_TIMED_OUT']);
      assert.equal((await state()).tracing, true);
      await once(child, 'message');
      assert.equal((await state()).tracing, true, 'the late order is void');
      assert.equal((await post('stop')).message, 'Tracing has ended');
      assert.equal((await getJson(`${base}/memory-leaks`)).success, false);
    } finally {
      child.kill('SIGKILL');
      await program.ended;
    }
  });
});
