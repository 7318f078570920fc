import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startCommand } from '../agent/running-agent.ts';
import { QUICK } from './program.ts';

const node = process.execPath;

describe('plimsoll run', () => {
  it('passes on output, arguments and exit status', async () => {
    const code = 'console.log(process.argv.slice(1).join()); process.exit(7)';
    const { code: status, stdout } = await startCommand(
      ['run', '--', node, '-e', code, '--', '--port', 'x'],
      QUICK,
    ).ended;
    assert.deepEqual([status, stdout], [7, '--port,x\n']);
  });

  it('puts the monitor inside, with the options as settings', async () => {
    const code = `
      import('${new URL('../../src/index.ts', import.meta.url).href}').then(async ({ registeredMonitor }) => {
        const monitor = registeredMonitor();
        const { runtime } = { runtime: await monitor.status() };
        const answer = await monitor.fetch(new Request('http://x/api/monitoring/settings'));
        const { data } = await answer.json();
        const setting = (name) => data.settings.find((each) => each.name === name);
        console.log(JSON.stringify({ mode: runtime.mode, host: setting('MONITORING_HOST').value, threshold: setting('MEMORY_THRESHOLD').value }));
        process.exit();
      });`;
    const program = startCommand(['run', '--host', 'localhost', '--', node, '-e', code], {
      ...QUICK,
      MEMORY_THRESHOLD: '70',
    });
    const { stdout, stderr, code: status } = await program.ended;
    assert.equal(status, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), { mode: 'service', host: 'localhost', threshold: 70 });
  });

  it('passes a signal on, and dies of the one the program died of', async () => {
    const program = startCommand(
      ['run', '--', node, '-e', 'console.log("up"); setInterval(() => {}, 1000)'],
      QUICK,
    );
    await program.seen(/up/);
    program.child.kill('SIGTERM');
    const { code, signal } = await program.ended;
    assert.deepEqual([code, signal], [null, 'SIGTERM']);
  });

  it('waits for a program that handles the signal', async () => {
    const code = `process.on('SIGTERM', () => setTimeout(() => { console.log('bye'); process.exit(3) }, 200));
      console.log('up'); setInterval(() => {}, 1000);`;
    const program = startCommand(['run', '--', node, '-e', code], QUICK);
    await program.seen(/up/);
    program.child.kill('SIGTERM');
    const { code: status, stdout } = await program.ended;
    assert.deepEqual([status, stdout], [3, 'up\nbye\n']);
  });

  it('starts nothing with a wrong setting, an unknown program or no program', async () => {
    const outcome = async (argv: readonly string[], env = {}) => {
      const { code, stderr } = await startCommand(argv, { ...QUICK, ...env }).ended;
      return [code, /\[(\w+)\]/.exec(stderr)?.[1], stderr.trim().split('\n').length];
    };
    const program = [node, '-e', 'console.log("started")'];
    assert.deepEqual(await outcome(['run', '--', ...program], { MEMORY_THRESHOLD: '101' }), [
      1,
      'BAD_SETTINGS',
      1,
    ]);
    assert.deepEqual(await outcome(['run', '--', '/no/such/program']), [1, 'PROGRAM_NOT_STARTED', 1]);
    assert.deepEqual(await outcome(['run']), [64, 'USAGE', 1]);
  });

  it('keeps the NODE_OPTIONS that were there', async () => {
    const env = { ...QUICK, NODE_OPTIONS: '--stack-trace-limit=7' };
    const { stdout } = await startCommand(['run', '--', node, '-p', 'Error.stackTraceLimit'], env).ended;
    assert.equal(stdout, '7\n');
  });
});
