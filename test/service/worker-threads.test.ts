// The worker threads of an application under the monitor: each is shown under its own name, whatever it and the main thread are
// doing, and none notices.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { DetailedMetrics, MemoryLeaks, Snapshot, WorkerThread } from '../../src/api/wire.ts';
import { type Ended, eventually, freePort, getJson, type Program, startProgram } from './program.ts';

const programs: Program[] = [];
after(() => {
  for (const { child } of programs) child.kill('SIGKILL');
});

interface Watched extends Program {
  workers(): Promise<readonly WorkerThread[]>;
  process(): Promise<DetailedMetrics['system_overview']['process']>;
  metrics(): Promise<string>;
  leaks(): Promise<MemoryLeaks>;
  post<T>(path: string): Promise<{ readonly status: number; readonly data: T }>;
}

/** Threads are files here: the preload does not run before code that comes as a string. */
const asFile = (code: string): string => JSON.stringify(`data:text/javascript,${encodeURIComponent(code)}`);

async function watch(code: string, env: Readonly<Record<string, string>> = {}): Promise<Watched> {
  const port = await freePort();
  const program = startProgram(`import { Worker } from 'node:worker_threads';\n${code}`, {
    monitored: true,
    env: { MONITORING_PORT: String(port), ...env },
  });
  programs.push(program);
  const url = `http://127.0.0.1:${port}`;
  const process = async () =>
    ((await getJson(`${url}/api/monitoring/detailed-metrics`)).data as DetailedMetrics).system_overview
      .process;
  return {
    ...program,
    process,
    workers: async () => (await process()).workers ?? [],
    leaks: async () => (await getJson(`${url}/api/monitoring/memory-leaks`)).data as MemoryLeaks,
    metrics: async () => (await fetch(`${url}/metrics`)).text(),
    async post(path) {
      const response = await fetch(`${url}/api/monitoring/${path}`, { method: 'POST' });
      return { status: response.status, data: ((await response.json()) as { data: never }).data };
    },
  };
}

const BUSY = `for (;;);`;
const WAITING = `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`;
const IDLE = `setInterval(() => {}, 1000);`;

function startThread(code: string, options: string): string {
  return `new Worker(new URL(${asFile(code)}), ${options})`;
}

describe('worker threads', () => {
  it('are shown each under its own name with its own heap, and the monitor is none of them', async () => {
    const holding = `globalThis.kept = Array(4e6).fill(5); ${IDLE}`;
    const program = await watch(`
      ${startThread(holding, `{ name: 'holding' }`)};
      ${startThread(IDLE, `{ name: 'idle' }`)};
      ${startThread(IDLE, '{}')};`);
    const workers = await eventually(
      program.workers,
      (shown) =>
        shown.some(({ name, heap_used_bytes = 0 }) => name === 'holding' && heap_used_bytes > 32e6) &&
        shown.every(({ heap_limit_bytes }) => heap_limit_bytes),
    );
    const [holder, idle] = ['holding', 'idle'].map((wanted) => workers.find(({ name }) => name === wanted));
    assert.equal(workers.length, 3);
    assert.ok((idle?.heap_used_bytes ?? 0) > 1e6 && (idle?.heap_used_bytes ?? 0) < 30e6);
    assert.ok((holder?.heap_limit_bytes ?? 0) > 100e6 && (holder?.external_bytes ?? -1) >= 0);
    const { heap } = await program.process();
    assert.ok((heap?.used_mb ?? 0) < 32, "the main thread's heap is its own");
    assert.match(
      await program.metrics(),
      new RegExp(`heap_worker_used_bytes\\{thread="${holder?.thread_id}",name="holding"\\} \\d{8}`),
    );
    program.child.kill();
  });

  it('are shown without the preload too, with what V8 tells of them', async () => {
    const program = await watch(`
      ${startThread(IDLE, `{ name: 'plain', execArgv: [] }`)};
      new Worker(${JSON.stringify(IDLE)}, { eval: true, name: 'text' });`);
    const workers = await eventually(program.workers, (shown) => shown.length === 2);
    for (const { name, sampled, heap_used_bytes, not_sampled_because } of workers) {
      assert.equal(sampled, false, name);
      assert.ok((heap_used_bytes ?? 0) > 1e6, name);
      assert.ok(not_sampled_because, name);
    }
    program.child.kill();
  });

  it('are read while they and the main thread are wedged', async () => {
    const onMessage = (code: string): string =>
      `import { parentPort, Worker } from 'node:worker_threads'; parentPort.once('message', () => { ${code} });`;
    const program = await watch(`
      const threads = [
        ${startThread(onMessage(BUSY), `{ name: 'busy' }`)},
        ${startThread(onMessage(WAITING), `{ name: 'waiting' }`)},
        ${startThread(`${onMessage(BUSY)} ${startThread(IDLE, `{ name: 'inner' }`)};`, `{ name: 'outer' }`)},
      ];
      process.on('message', () => {
        for (const thread of threads) thread.postMessage('wedge');
        setTimeout(() => { console.log('wedged'); ${BUSY} }, 500);
      });`);
    await eventually(
      program.workers,
      (shown) => shown.length === 4 && shown.every(({ heap_limit_bytes }) => heap_limit_bytes),
    );
    program.child.send('wedge');
    await program.seen(/wedged/);
    const NAMES = ['busy', 'inner', 'outer', 'waiting'];
    const workers = await eventually(program.workers, (shown) =>
      // Those that still write their boards are as old as a board gets; the wedged are read anew at each sample.
      shown.every(({ name, age_seconds = 0 }) => name === 'inner' || age_seconds > 2.5),
    );
    assert.deepEqual(workers.map(({ name }) => name).toSorted(), NAMES);
    for (const { heap_used_bytes = 0 } of workers) assert.ok(heap_used_bytes > 1e6);
    program.child.kill('SIGKILL');
  });

  it('tell what they allocate while they and the main thread are wedged', async () => {
    const keeping = `
      import { parentPort } from 'node:worker_threads';
      globalThis.kept = [];
      function hoard() { globalThis.kept.push(Array(1000).fill(5)); }
      for (let i = 0; i < 3000; i += 1) hoard();`;
    const program = await watch(
      `const threads = [
         ${startThread(`${keeping} parentPort.once('message', () => { ${BUSY} });`, `{ name: 'busy' }`)},
         ${startThread(`${keeping} parentPort.once('message', () => { ${WAITING} });`, `{ name: 'waiting' }`)},
       ];
       process.on('message', () => {
         for (const thread of threads) thread.postMessage('wedge');
         setTimeout(() => { console.log('wedged'); ${WAITING} }, 500);
       });`,
      { MONITORING_TRACEMALLOC_ENABLED: 'true' },
    );
    await eventually(program.workers, (shown) => shown.length === 2 && shown.every(({ sampled }) => sampled));
    program.child.send('wedge');
    await program.seen(/wedged/);
    const { data } = await program.post<Snapshot>('memory-snapshot');
    for (const name of ['busy', 'waiting']) {
      const site = data.top_allocations.find(
        ({ thread, function: hoard }) => thread === name && hoard === 'hoard',
      );
      assert.ok((site?.size_mb ?? 0) > 10, JSON.stringify(data.top_allocations));
    }
    program.child.kill('SIGKILL');
  });

  it('are sampled, and no more, as somebody starts and stops it', async () => {
    const program = await watch(`
      ${startThread(`globalThis.kept = []; setInterval(() => globalThis.kept.push(Array(1e4).fill(5)), 5);`, `{ name: 'late' }`)};
      ${startThread(IDLE, `{ name: 'plain', execArgv: [] }`)};`);
    const late = async () => (await program.workers()).find(({ name }) => name === 'late');
    await eventually(late, (shown) => shown?.sampled === false);
    assert.equal((await program.post('tracemalloc/start')).status, 200);
    await eventually(late, (shown) => shown?.sampled === true);
    const { data } = await eventually(
      () => program.post<Snapshot>('memory-snapshot'),
      ({ data: taken }) => taken?.top_allocations.some(({ thread }) => thread === 'late'),
    );
    assert.ok(data.top_allocations.every(({ thread }) => thread !== 'plain'));
    assert.equal((await program.post('tracemalloc/stop')).status, 200);
    await eventually(late, (shown) => shown?.sampled === false);
    program.child.kill();
  });

  it('have their buffers attributed, and released', async () => {
    const keeping = `
      import { parentPort } from 'node:worker_threads';
      globalThis.kept = [];
      function hoard() { globalThis.kept.push(Buffer.alloc(100_000)); }
      for (let i = 0; i < 200; i += 1) hoard();
      parentPort.on('message', () => { globalThis.kept = []; globalThis.gc(); });`;
    const program = await watch(
      `import { setFlagsFromString } from 'node:v8';
       setFlagsFromString('--expose-gc');
       globalThis.kept = [];
       for (let i = 0; i < 100; i += 1) globalThis.kept.push(Buffer.alloc(100_000));
       const thread = ${startThread(keeping, `{ name: 'keeping' }`)};
       ${startThread(keeping, `{ name: 'plain', execArgv: [] }`)};
       process.on('message', (message) => message === 'end' ? thread.terminate() : thread.postMessage(message));`,
      { MONITORING_TRACEMALLOC_ENABLED: 'true', MONITORING_TRACEMALLOC_BUFFERS: 'true' },
    );
    const megabytes = (bytes = 0): number => Math.round(bytes / 1e6);
    const workers = await eventually(program.workers, (shown) =>
      shown.some(({ buffers_attributed_bytes: bytes }) => megabytes(bytes) === 20),
    );
    const [keeper, plain] = ['keeping', 'plain'].map((wanted) => workers.find(({ name }) => name === wanted));
    assert.equal(megabytes(keeper?.array_buffers_bytes), 20);
    assert.equal(plain?.buffers_attributed_bytes, undefined);
    const { data } = await program.post<Snapshot>('memory-snapshot');
    const [first, second] = data.buffers?.top_allocations ?? [];
    assert.deepEqual([first?.thread, first?.function, first?.count], ['keeping', 'hoard', 200]);
    assert.equal(second?.thread, undefined);
    assert.ok((data.buffers?.total_mb ?? 0) > 28, JSON.stringify(data.buffers));
    assert.ok((data.buffers?.unattributed_mb ?? 100) < 3, JSON.stringify(data.buffers));
    const leaks = await program.leaks();
    assert.deepEqual(
      leaks.buffers?.top_allocations.slice(0, 2).map(({ thread, count }) => [thread, count]),
      [
        ['keeping', 200],
        [undefined, 100],
      ],
    );
    program.child.send('free');
    await eventually(program.workers, (shown) =>
      shown.some(({ name, buffers_attributed_bytes: bytes }) => name === 'keeping' && megabytes(bytes) === 0),
    );
    program.child.send('end');
    await eventually(program.leaks, ({ buffers }) => (buffers?.total_mb ?? 100) < 12);
    program.child.kill();
  });

  it('take their rows and series with them when they end', async () => {
    const program = await watch(`
      const thread = ${startThread(IDLE, `{ name: 'short' }`)};
      process.on('message', () => thread.terminate());`);
    await eventually(program.metrics, (text) => text.includes('name="short"'));
    program.child.send('end');
    await eventually(program.metrics, (text) => !text.includes('name="short"'));
    assert.deepEqual(await program.workers(), []);
    program.child.kill();
  });

  it('are noted when they run out of memory, and the error stays the application’s', async () => {
    const program = await watch(`
      const thread = ${startThread(
        `const kept = []; setInterval(() => kept.push(Array(1e5).fill(5)), 1);`,
        `{ name: 'greedy', resourceLimits: { maxOldGenerationSizeMb: 48 } }`,
      )};
      thread.on('error', (error) => console.log('heard ' + error.code));
      setInterval(() => {}, 1000);`);
    await program.seen(/heard ERR_WORKER_OUT_OF_MEMORY/);
    const { workers_out_of_memory } = await eventually(
      program.process,
      ({ workers_out_of_memory: dead = [] }) => dead.length > 0,
    );
    assert.equal(workers_out_of_memory?.[0]?.name, 'greedy');
    assert.match(await program.metrics(), /worker_threads_out_of_memory_total 1\n/);
    await program.seen(/"event":"worker thread ran out of memory"/);
    program.child.kill();
  });

  it('can come and go by the dozen', async () => {
    const program = await watch(`
      for (let round = 0; round < 2; round += 1)
        await Promise.all(Array.from({ length: 8 }, () => new Promise((resolve) => {
          ${startThread('', '{}')}.on('exit', resolve);
        })));
      console.log('all gone');
      setInterval(() => {}, 1000);`);
    await program.seen(/all gone/);
    await eventually(program.workers, (shown) => shown.length === 0);
    program.child.kill();
  });

  it('are shown by what they write, and not attached to, while others come and go', async () => {
    const program = await watch(
      `
      const ended = () => new Promise((resolve) => { ${startThread('', '{}')}.on('exit', resolve); });
      for (let i = 0; i < 5; i += 1) await ended();
      ${startThread(
        `globalThis.kept = []; setInterval(() => kept.push(Array.from({ length: 10_000 }, (_, i) => ({ i }))), 100);`,
        `{ name: 'steady' }`,
      )};
      globalThis.kept = Array.from({ length: 1000 }, () => Array(1000).fill(5));
      console.log('all gone');
      setInterval(() => {}, 1000);`,
      { MONITORING_TRACEMALLOC_ENABLED: 'true' },
    );
    await program.seen(/all gone/);
    // Its heap is read from memory that is shared, and that it is sampled comes as a message: either may be there first.
    const [steady] = await eventually(
      program.workers,
      ([shown]) => (shown?.heap_used_bytes ?? 0) > 0 && shown?.sampled === true,
    );
    assert.equal(steady?.sampled, true);
    const { status, data } = await program.post<Snapshot>('memory-snapshot');
    assert.equal(status, 200);
    assert.ok(data.top_allocations.length > 0);
    assert.deepEqual(
      data.top_allocations.filter(({ thread }) => thread !== undefined),
      [],
    );
    program.child.kill();
  });
});

/** What comes from different threads comes in any order. */
function inOrder(ended: Ended | undefined): Ended | undefined {
  return ended && { ...ended, stdout: ended.stdout.split('\n').toSorted().join('\n') };
}

describe('an application with worker threads', () => {
  const USES: Readonly<Record<string, string>> = {
    'talks to them': `
      import { Worker, BroadcastChannel } from 'node:worker_threads';
      const thread = ${startThread(
        `import { parentPort, workerData, BroadcastChannel, threadId } from 'node:worker_threads';
         import { getActiveResourcesInfo } from 'node:process';
         const channel = new BroadcastChannel('news');
         channel.postMessage({ workerData, threadId: threadId > 0 });
         channel.close();
         console.log('out', process.listenerCount('exit'), process.listenerCount('message'), parentPort.listenerCount('message'));
         console.error('err');
         parentPort.once('message', (message) => { parentPort.postMessage(['echo', message, process.env.COLOUR]); });`,
        `{ workerData: { seven: 7 }, env: { ...process.env, COLOUR: 'green' }, stdout: true }`,
      )};
      const channel = new BroadcastChannel('news');
      channel.onmessage = ({ data }) => { console.log('news', JSON.stringify(data)); channel.close(); thread.postMessage('hello'); };
      thread.stdout.on('data', (text) => console.log('piped', String(text).trim()));
      thread.on('message', (message) => console.log('message', JSON.stringify(message)));
      thread.on('exit', (code) => console.log('exit', code));`,
    'terminates one': `
      import { Worker } from 'node:worker_threads';
      const thread = ${startThread(IDLE, '{}')};
      thread.on('online', async () => { console.log('code', await thread.terminate()); });`,
    'has one that exits by itself': `
      import { Worker } from 'node:worker_threads';
      const thread = ${startThread('process.exit(7)', '{}')};
      thread.on('exit', (code) => console.log('exit', code, thread.listenerCount('error'), thread.listenerCount('exit')));`,
    'has one that throws and nobody hears': `
      import { Worker } from 'node:worker_threads';
      ${startThread(`throw new Error('ouch')`, '{}')};`,
    'has one that throws and is heard': `
      import { Worker } from 'node:worker_threads';
      const thread = ${startThread(`throw new Error('ouch')`, '{}')};
      thread.on('error', ({ message }) => console.log('heard', message));
      thread.on('exit', (code) => console.log('exit', code));`,
    'leaves while one waits': `
      import { Worker } from 'node:worker_threads';
      const thread = ${startThread(WAITING, '{}')};
      thread.on('online', () => setTimeout(() => process.exit(4), 300));`,
    'lets one go': `
      import { Worker } from 'node:worker_threads';
      const thread = ${startThread(IDLE, '{}')};
      thread.on('online', () => { thread.unref(); console.log('free'); });`,
  };

  for (const [name, code] of Object.entries(USES)) {
    it(`behaves as without the monitor when it ${name}`, async () => {
      const [plain, watched] = [false, true].map((monitored) => startProgram(code, { monitored }));
      if (plain && watched) programs.push(plain, watched);
      assert.deepEqual(inOrder(await watched?.ended), inOrder(await plain?.ended));
    });
  }
});
