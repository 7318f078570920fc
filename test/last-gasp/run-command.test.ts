// `plimsoll run` on programs that die: what it says on stderr, and what their next start says.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { MIB } from '../../src/units/index.ts';
import { startCommand } from '../agent/running-agent.ts';
import { type Ended, INDEX } from '../service/program.ts';
import { alertsIn } from './alerts.ts';
import { DEATHS } from './dying-program.ts';
import { cannotMakeGroups, memoryGroup } from './memory-group.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-run-'));
after(() => rmSync(folder, { recursive: true }));

const ENV = {
  MONITORING_PORT: '0',
  MONITORING_SAMPLE_INTERVAL: '0.5',
  HEALTH_CHECK_INTERVAL: '0.5',
  HEALTH_CHECK_COOLDOWN: '0',
  MONITORING_TRACEMALLOC_ENABLED: 'true',
  XDG_STATE_HOME: join(folder, 'state'),
};

const LEAK = `const kept = [];
  function remember(order) { kept.push({ order, lines: new Array(100).fill(order) }); }
  let order = 0;
  setInterval(() => { for (let k = 0; k < 100; k += 1) remember(order++); }, 10);`;

/** At its next start the program ends well after it was checked. */
function writeProgram(name: string, dies: string): string {
  const file = join(folder, `${name}.mjs`);
  const mark = `${file}.started`;
  writeFileSync(
    file,
    `import { existsSync, writeFileSync } from 'node:fs';
     if (existsSync('${mark}')) setTimeout(() => process.exit(0), 4000);
     else {
       writeFileSync('${mark}', '');
       ${dies}
     }`,
  );
  return file;
}

const run = (file: string, flags: readonly string[] = [], options: readonly string[] = []): Promise<Ended> =>
  startCommand(['run', ...options, '--', process.execPath, ...flags, file], ENV).ended;

const said = ({ stderr }: Ended): string =>
  stderr
    .split('\n')
    .filter((line) => line.startsWith('plimsoll: '))
    .join('\n');

describe('plimsoll run, of a program that dies', () => {
  it('says of what, what grew and where the profile is; and the next start tells it once', async () => {
    const file = writeProgram('full', DEATHS['an asynchronous loop']);
    const first = await run(file, ['--max-old-space-size=64']);
    assert.equal(first.signal, 'SIGABRT');
    const [, profile = ''] = /its last profile is (\S+)/.exec(said(first)) ?? [];
    assert.match(
      said(first),
      /^plimsoll: process \d+ died at \d+ of 64 MiB; \d+ % of the growth: \S*full\.mjs:\d+ remember \(SIGABRT, after .+\)/,
    );
    assert.ok(existsSync(profile), `${profile} in ${said(first)}`);
    const diff = await startCommand(['diff', profile, profile]).ended;
    assert.equal(diff.code, 0, diff.stderr);

    const second = await run(file, ['--max-old-space-size=64']);
    assert.equal(second.code, 0);
    assert.equal(said(second), '', 'nothing to say of a clean end');
    assert.match(second.stderr, /previous run died at \d+ of 64 MiB; \d+ % of the growth: \S*full\.mjs/);
    assert.match(second.stderr, /"key":"heap_near_limit","type":"heap","severity":"critical"/);
    assert.doesNotMatch((await run(file, ['--max-old-space-size=64'])).stderr, /previous run/);
  });

  it('says what grew until it was killed', async () => {
    const file = writeProgram(
      'killed',
      `const { registeredMonitor } = await import('${INDEX}');
       await registeredMonitor().ready();
       ${LEAK}
       setTimeout(() => process.kill(process.pid, 'SIGKILL'), 8000);`,
    );
    const first = await run(file);
    assert.equal(first.signal, 'SIGKILL');
    assert.match(said(first), /was killed at .*; \d+ % of the growth: \S*killed\.mjs:\d+ remember \(SIGKILL/);
    assert.match(said(first), /grown in its last .*: JavaScript heap \+/);
    const second = await run(file);
    assert.match(second.stderr, /previous run was killed at .*; \d+ % of the growth: \S*killed\.mjs/);
    assert.deepEqual(alertsIn(second.stderr), [], 'nobody knows that it was for memory');
  });

  it('says nothing of an end that was asked for, nor keeps anything without a store', async () => {
    const file = writeProgram('asked', `console.log('up'); setInterval(() => {}, 1000);`);
    const program = startCommand(['run', '--', process.execPath, file], ENV);
    await program.seen(/up/);
    program.child.kill('SIGTERM');
    const first = await program.ended;
    assert.deepEqual([first.signal, said(first)], ['SIGTERM', '']);
    assert.doesNotMatch((await run(file)).stderr, /previous run/);
    const other = writeProgram('unkept', `process.kill(process.pid, 'SIGKILL');`);
    assert.equal(said(await run(other, [], ['--no-store'])), '');
  });
});

const group = memoryGroup('run', 256 * MIB);

describe("a death by the kernel's OOM killer", { skip: cannotMakeGroups(group) }, () => {
  before(group.make);
  after(group.remove);

  it('is told by plimsoll run, and by the next start as an alert', async () => {
    const file = writeProgram(
      'oom',
      `writeFileSync('${group.processes}', String(process.pid));
       const kept = [];
       setTimeout(() => setInterval(() => kept.push(Buffer.alloc(1e6, 1)), 30), 1500);`,
    );
    const first = await run(file);
    assert.equal(first.signal, 'SIGKILL');
    assert.match(
      said(first),
      /was killed by the kernel for lack of memory at \d+ of 256 MiB; most of the growth: buffers/,
    );
    const second = await run(file);
    assert.match(second.stderr, /previous run was killed by the kernel for lack of memory at \d+ of 256 MiB/);
    assert.match(second.stderr, /"key":"oom_kill".*"severity":"critical"/);
    assert.doesNotMatch((await run(file)).stderr, /previous run/);
  });
});
