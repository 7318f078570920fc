import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { eventually, freePort, getJson, type Program, QUICK, REGISTER, startProgram } from './program.ts';

const programs: Program[] = [];
after(() => {
  for (const { child } of programs) child.kill('SIGKILL');
});

function start(code: string, options: Parameters<typeof startProgram>[1]): Program {
  const program = startProgram(code, options);
  programs.push(program);
  return program;
}

/** The application tells its parent where it is by printing; the monitor's port is given. */
const SERVER = `
  import { createServer } from 'node:http';
  const server = createServer((request, response) => {
    if (request.url === '/block') { const end = Date.now() + 5000; while (Date.now() < end); }
    if (request.url.startsWith('/slow')) { setTimeout(() => response.end('slow'), 120); return; }
    response.end('ok');
  }).listen(0, '127.0.0.1', () => console.log('app at ' + server.address().port));
`;

describe('a service with the preload', () => {
  it('answers /metrics while the application is blocked for 5 seconds', async () => {
    const port = await freePort();
    const program = start(SERVER, { monitored: true, env: { MONITORING_PORT: String(port) } });
    const [, appPort] = await program.seen(/app at (\d+)/);
    const metrics = `http://127.0.0.1:${port}/metrics`;
    await eventually(
      async () => (await fetch(metrics)).status,
      (status) => status === 200,
    );
    let blocked = true;
    const block = fetch(`http://127.0.0.1:${appPort}/block`).then(() => {
      blocked = false;
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    let answeredWhileBlocked = 0;
    while (blocked) {
      const text = await (await fetch(metrics)).text();
      assert.match(text, /vertex_ar_process_memory_bytes\{type="heap_used"\} \d+/);
      if (blocked) answeredWhileBlocked += 1;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await block;
    assert.ok(answeredWhileBlocked >= 3, `${answeredWhileBlocked} answers`);
    program.child.kill();
  });

  it('shows slow requests without a change to the code', async () => {
    const port = await freePort();
    const program = start(SERVER, {
      monitored: true,
      env: { MONITORING_PORT: String(port), MONITORING_SLOW_ENDPOINT_THRESHOLD_MS: '100' },
    });
    const [, appPort] = await program.seen(/app at (\d+)/);
    await (await fetch(`http://127.0.0.1:${appPort}/slow/7?secret=1`)).text();
    await (await fetch(`http://127.0.0.1:${appPort}/quick`)).text();
    type Hotspots = {
      diagnostics: { slow_endpoints: { count: number; endpoints: Record<string, unknown>[] } };
    };
    const { slow_endpoints } = (
      await eventually(
        async () => (await getJson(`http://127.0.0.1:${port}/api/monitoring/hotspots`)).data as Hotspots,
        ({ diagnostics }) => diagnostics.slow_endpoints.count > 0,
      )
    ).diagnostics;
    assert.equal(slow_endpoints.count, 1);
    const [endpoint] = slow_endpoints.endpoints;
    assert.equal(endpoint?.path, '/slow/7');
    assert.equal(endpoint?.method, 'GET');
    assert.equal(endpoint?.status_code, 200);
    assert.ok((endpoint?.duration_ms as number) >= 115);
    program.child.kill();
  });

  const ENDINGS: Readonly<Record<string, string>> = {
    'ends by itself': `console.log('done');`,
    'ends by itself after a while': `setTimeout(() => console.log('done'), 700);`,
    'calls process.exit(3) at once': `process.exit(3);`,
    'calls process.exit(3) later': `setTimeout(() => process.exit(3), 700);`,
    'throws at once': `throw new Error('ouch');`,
    'throws later': `setTimeout(() => { throw new Error('ouch'); }, 700);`,
    'rejects and nobody hears': `setTimeout(() => Promise.reject(new Error('ouch')), 700);`,
    'never settles': `await new Promise(() => {});`,
    'kills itself': `setTimeout(() => process.kill(process.pid, 'SIGKILL'), 700);`,
    'ends itself by SIGTERM': `setTimeout(() => process.kill(process.pid, 'SIGTERM'), 700);`,
    'handles SIGTERM': `process.on('SIGTERM', () => { console.log('bye'); process.exit(5); });
       setTimeout(() => process.kill(process.pid, 'SIGTERM'), 700); setInterval(() => {}, 1000);`,
    'sets an exit code': `process.exitCode = 9;`,
    'writes from an exit handler': `process.on('exit', (code) => console.log('exit ' + code));`,
  };

  for (const [name, code] of Object.entries(ENDINGS)) {
    it(`ends as without the monitor when it ${name}`, async () => {
      const [plain, watched] = await Promise.all([
        start(code, { monitored: false }).ended,
        start(code, { monitored: true }).ended,
      ]);
      assert.deepEqual(
        [watched.code, watched.signal, watched.stdout],
        [plain.code, plain.signal, plain.stdout],
        watched.stderr,
      );
    });
  }

  it('is not held by the monitor', async () => {
    const program = start(`process.on('beforeExit', () => console.log('before exit'));`, { monitored: true });
    const { stdout, code } = await program.ended;
    assert.deepEqual([stdout, code], ['before exit\n', 0]);
  });

  it('runs without the monitor when a setting is wrong, and says every problem', async () => {
    const { code, stdout, stderr } = await start(`console.log('served');`, {
      monitored: true,
      env: { MEMORY_THRESHOLD: '0', MONITORING_PORT: 'x' },
    }).ended;
    assert.deepEqual([code, stdout], [0, 'served\n']);
    assert.match(
      stderr,
      /^plimsoll: \[BAD_SETTINGS\] 2 settings are wrong: MEMORY_THRESHOLD=0 .*MONITORING_PORT=x /,
    );
    assert.equal(stderr.trim().split('\n').length, 1);
  });

  it('opens neither stdin nor stdout before the application does', () => {
    const watch = `import { createHook } from 'node:async_hooks';
      globalThis.opened = [];
      createHook({ init: (id, type) => { if (type === 'PIPEWRAP') opened.push(type); } }).enable();`;
    const tell = `const before = opened.length; process.stdin; process.stdout; console.log(before, opened.length);`;
    const watched = ['--import', `data:text/javascript,${encodeURIComponent(watch)}`];
    const told = execFileSync(process.execPath, [...watched, '--import', REGISTER, '-e', tell], {
      env: { PATH: process.env.PATH, ...QUICK },
      encoding: 'utf8',
      input: 'typed',
    });
    assert.equal(told.trim(), '0 2');
  });

  it('loads nothing of the engine on the thread of the application', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-loaded-'));
    const program = start('', {
      monitored: true,
      env: { NODE_V8_COVERAGE: folder, MONITORING_TRACEMALLOC_ENABLED: 'true' },
    });
    assert.equal((await program.ended).code, 0);
    const loaded = readdirSync(folder)
      .map((file) => loadedModules(readFileSync(join(folder, file), 'utf8')))
      .find((modules) => modules.includes('service/register-process.ts'));
    rmSync(folder, { recursive: true });
    assert.ok(loaded, 'no coverage of the main thread');
    assert.ok(loaded.includes('service/system-monitor.ts'));
    const rooms = new Set(loaded.map((path) => path.split('/')[0]));
    for (const room of ['alert', 'api', 'history', 'leak', 'metrics', 'notify', 'profile', 'web'])
      assert.ok(!rooms.has(room), `${room} is loaded`);
    // Each is some 0.3 ms of every service's start.
    assert.ok(loaded.length < 80, `${loaded.length} modules`);
  });

  it('goes on without the monitor when its thread dies, and says so once', async () => {
    const keepsTheThread =
      "data:text/javascript,process.on('worker', (thread) => { globalThis.thread = thread; })";
    const program = start(
      `await globalThis[Symbol.for('plimsoll.monitor')].ready();
      await globalThis.thread.terminate();
      setTimeout(() => console.log('served'), 200);`,
      { monitored: true, env: { NODE_OPTIONS: `--import=${keepsTheThread.replaceAll(' ', '%20')}` } },
    );
    const { code, stdout, stderr } = await program.ended;
    assert.deepEqual([code, stdout], [0, 'served\n']);
    assert.match(stderr, /\[MONITOR_DIED\] .*; the application runs without the monitor\n$/);
    assert.equal(stderr.split('MONITOR_DIED').length, 2);
  });

  it('does not fight its children and workers over the port', async () => {
    const port = await freePort();
    const code = `
      import { spawn } from 'node:child_process';
      import { Worker } from 'node:worker_threads';
      new Worker('setInterval(() => {}, 1000)', { eval: true });
      const idle = ['-e', 'setInterval(() => {}, 1000)'];
      setTimeout(() => {
        const child = spawn(process.execPath, idle, { stdio: 'inherit' });
        process.on('message', () => { child.kill(); process.exit(0); });
      }, 1500);
    `;
    const program = start(code, {
      monitored: false,
      env: { MONITORING_PORT: String(port), NODE_OPTIONS: `--import=${REGISTER}` },
    });
    const [line, taken, pid, url] = await program.seen(
      /plimsoll: port (\d+) is taken; process (\d+) is served on (http:\S+)/,
    );
    assert.equal(taken, String(port), line);
    const own = async (base: string) =>
      (
        (await getJson(`${base}/api/monitoring/detailed-metrics`)).data as {
          system_overview: { process: { pid: number } };
        }
      ).system_overview.process.pid;
    const childPid = await eventually(
      () => own(url ?? ''),
      () => true,
    );
    const parentPid = await eventually(
      () => own(`http://127.0.0.1:${port}`),
      () => true,
    );
    assert.equal(String(childPid), pid);
    assert.equal(parentPid, program.child.pid);
    program.child.send('end');
    const { stderr } = await program.ended;
    assert.equal(stderr.match(/is taken/g)?.length, 1, 'one child, and no worker thread, looked for a port');
  });
});

/** From src/ on; of one thread's coverage. */
function loadedModules(coverage: string): readonly string[] {
  const { result } = JSON.parse(coverage) as { result: readonly { url: string }[] };
  const sources = new URL('.', REGISTER).href;
  return result.flatMap(({ url }) => (url.startsWith(sources) ? [url.slice(sources.length)] : []));
}
