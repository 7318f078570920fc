import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { CodedError, SettingsError, startMonitor } from '../../src/index.ts';
import { eventually, INDEX, startProgram } from './program.ts';

const quick = { port: 0, sampleInterval: 0.2, healthCheckInterval: 0.2, healthCheckCooldown: 0 };

describe('startMonitor', () => {
  it('answers in bytes', async () => {
    const monitor = await startMonitor(quick);
    try {
      const { virtual, swap, topProcesses } = await monitor.getMemoryUsage();
      assert.ok(virtual.totalBytes > virtual.availableBytes && virtual.availableBytes > 0);
      assert.equal(virtual.usedBytes, virtual.totalBytes - virtual.availableBytes);
      assert.ok(swap.totalBytes >= swap.usedBytes);
      for (const process of topProcesses) assert.ok(process.memoryPercent > 1);
      const check = await monitor.checkSystemHealth();
      assert.ok(['healthy', 'warning', 'critical'].includes(check.status), check.error);
      assert.ok(
        (check.latest?.own.heap?.usedBytes ?? 0) > 1_000_000,
        "the application's heap, not the monitor's",
      );
    } finally {
      await monitor.stop();
    }
  });

  it('keeps slow queries, and only those', async () => {
    const monitor = await startMonitor({ ...quick, slowQueryThresholdMs: 50 });
    try {
      monitor.trackSlowQuery({ query: 'SELECT 1', durationMs: 49.9 });
      monitor.trackSlowQuery({ query: `SELECT ${'x'.repeat(600)}`, durationMs: 50, params: { id: 7 } });
      const cyclic: unknown[] = [];
      cyclic.push(cyclic);
      monitor.trackSlowQuery({ query: 'SELECT 3', durationMs: 70, params: cyclic });
      const response = await monitor.fetch(new Request('http://service.example/api/monitoring/hotspots'));
      const { data } = (await response.json()) as {
        data: { diagnostics: { slow_queries: { queries: { query: string; params: unknown }[] } } };
      };
      const { queries } = data.diagnostics.slow_queries;
      assert.deepEqual(
        queries.map(({ query, params }) => [query.length, params]),
        [
          [8, '(cannot be shown)'],
          [500, '{"id":7}'],
        ],
      );
    } finally {
      await monitor.stop();
    }
  });

  it('mounts in any server, event stream included', async () => {
    const monitor = await startMonitor(quick);
    const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const answer = await monitor.fetch(new Request(`http://service.example${request.url}`));
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      for await (const chunk of answer.body ?? []) response.write(chunk);
      response.end();
    };
    const server = createServer((request, response) => void serve(request, response)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      assert.match(await (await fetch(`${base}/metrics`)).text(), /^vertex_ar_memory_usage_percent\{/m);
      assert.equal((await fetch(`${base}/nothing`)).status, 404);
      const events = await fetch(`${base}/api/monitoring/events`);
      const reader = (events.body as ReadableStream<Uint8Array>)
        .pipeThrough(new TextDecoderStream())
        .getReader();
      let text = '';
      while (!text.includes('event: sample')) text += (await reader.read()).value;
      await reader.cancel();
    } finally {
      server.closeAllConnections();
      server.close();
      await monitor.stop();
    }
  });

  it('rejects with every wrong setting, and starts nothing', async () => {
    await assert.rejects(startMonitor({ memoryThreshold: 101, healthCheckInterval: -1 }), (error) => {
      assert.ok(error instanceof SettingsError);
      assert.deepEqual(
        error.problems.map(({ name }) => name),
        ['memoryThreshold', 'healthCheckInterval'],
      );
      return true;
    });
  });

  it('refuses to be seen from elsewhere without a token', async () => {
    await assert.rejects(startMonitor({ ...quick, host: '0.0.0.0' }), (error) => {
      assert.ok(error instanceof CodedError);
      assert.equal(error.code, 'TOKEN_REQUIRED');
      return true;
    });
  });

  it('runs twice in one process', async () => {
    const [one, two] = await Promise.all([startMonitor(quick), startMonitor(quick)]);
    assert.notEqual(await one.ready(), await two.ready());
    await one.stop();
    assert.ok((await two.getMemoryUsage()).virtual.totalBytes > 0);
    await two.stop();
    await assert.rejects(two.getMemoryUsage(), { code: 'MONITOR_STOPPED' });
  });

  it('leaves nothing behind when it is stopped', async () => {
    const program = startProgram(
      `import { startMonitor } from '${INDEX}';
       import { channel } from 'node:diagnostics_channel';
       const before = process.getActiveResourcesInfo().sort().join();
       const monitor = await startMonitor({ port: 0 });
       const url = await monitor.ready();
       await monitor.stop();
       await monitor.stop();
       const after = process.getActiveResourcesInfo().sort().join();
       const refused = await fetch(url).then(() => false, () => true);
       const channels = channel('http.server.request.start').hasSubscribers;
       console.log(JSON.stringify({ before, after, refused, channels }));`,
      { monitored: false },
    );
    const { code, stdout, stderr } = await program.ended;
    assert.equal(code, 0, stderr);
    const { before, after, ...rest } = JSON.parse(stdout);
    assert.equal(after, before);
    assert.deepEqual(rest, { refused: true, channels: false });
  });

  it('does not hold the process while nobody waits for it', async () => {
    const program = startProgram(
      `import { startMonitor } from '${INDEX}';
       await startMonitor({ port: 0 });
       console.log('the end');`,
      { monitored: false },
    );
    assert.deepEqual(await program.ended.then(({ code, stdout }) => [code, stdout]), [0, 'the end\n']);
  });

  it('sees the application through a blocked event loop', async () => {
    const program = startProgram(
      `import { startMonitor } from '${INDEX}';
       const monitor = await startMonitor({ port: 0, sampleInterval: 0.2 });
       console.log('at ' + await monitor.ready());
       await new Promise((resolve) => setTimeout(resolve, 500));
       globalThis.kept = [];
       const end = Date.now() + 8000;
       while (Date.now() < end) if (kept.length < 3_000_000) kept.push({ index: kept.length });
       console.log('free');`,
      { monitored: false },
    );
    const [, url] = await program.seen(/at (\S+)/);
    const heapUsed = async () => {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(/process_memory_bytes\{type="heap_used"\} (\d+)/.exec(text)?.[1]);
    };
    await eventually(heapUsed, (bytes) => bytes > 100e6);
    assert.equal((await program.ended).code, 0);
  });
});
