// Processes that cannot be profiled: each is told by a code, and none is harmed.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { eventually, freePort } from '../service/program.ts';
import { attachTo, IDLE, isRunning, openPorts, startTarget } from './target-process.ts';

function startProgram(t: TestContext, command: string, ...args: string[]): number {
  const child = spawn(command, args, { stdio: 'ignore' });
  t.after(() => child.kill('SIGKILL'));
  assert.ok(child.pid);
  return child.pid;
}

/** spawn returns before the child has become the program. */
function becomes(pid: number, name: string): Promise<unknown> {
  return eventually(
    async () => readlinkSync(`/proc/${pid}/exe`),
    (path) => path.endsWith(name),
  );
}

function reaches(pid: number, state: string): Promise<unknown> {
  return eventually(
    async () => readFileSync(`/proc/${pid}/stat`, 'utf8'),
    (text) => text.includes(`) ${state} `),
  );
}

const refused = (pid: number, code: string, message: RegExp) =>
  assert.rejects(attachTo(pid), (error: Error & { code?: string }) => {
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });

describe('what cannot be profiled', () => {
  it('is a program that is not Node.js, which lives on', async (t) => {
    const pid = startProgram(t, 'sleep', '60');
    await becomes(pid, '/sleep');
    await refused(pid, 'PROCESS_NOT_NODE', /is sleep, not Node\.js/);
    assert.ok(isRunning(pid));
  });

  it('is Bun and Deno, by their names', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-runtimes-'));
    t.after(() => rmSync(folder, { recursive: true }));
    for (const [file, name] of [
      ['bun', /Bun/],
      ['deno', /Deno/],
    ] as const) {
      copyFileSync('/bin/sleep', join(folder, file));
      const pid = startProgram(t, join(folder, file), '60');
      await becomes(pid, `/${file}`);
      await refused(pid, 'PROCESS_NOT_NODE', name);
      assert.ok(isRunning(pid));
    }
  });

  it('is nobody, a thread, a zombie, a stopped process, and this one', async (t) => {
    await refused(2 ** 22 - 1, 'PROCESS_NOT_FOUND', /no process/);
    await refused(process.pid, 'ATTACH_TO_ITSELF', /this one/);
    const { pid, child } = await startTarget(t, IDLE);
    const thread = readdirSync(`/proc/${pid}/task`)
      .map(Number)
      .find((id) => id !== pid);
    await refused(thread ?? 0, 'PROCESS_NOT_FOUND', new RegExp(`thread of process ${pid}`));
    child.kill('SIGSTOP');
    await reaches(pid, 'T');
    await refused(pid, 'PROCESS_NOT_RUNNING', /stopped/);
    child.kill('SIGCONT');
  });

  it('is a process that has ended and waits for its parent', async (t) => {
    // A shell that becomes another program never asks how its child ended.
    const child = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    t.after(() => child.kill('SIGKILL'));
    const pid = await new Promise<number>((resolve) =>
      child.stdout.once('data', (text) => resolve(Number(text))),
    );
    await reaches(pid, 'Z');
    await refused(pid, 'PROCESS_NOT_RUNNING', /waits for its parent/);
  });

  it('is a process that was told not to open its inspector', async (t) => {
    for (const flags of [['--disable-sigusr1'], ['--permission', '--allow-fs-read=*']]) {
      const { pid } = await startTarget(t, IDLE, { flags });
      await refused(pid, 'SIGNAL_NOT_HANDLED', new RegExp(`started with ${flags[0]}`));
      assert.deepEqual([isRunning(pid), openPorts(pid)], [true, []]);
    }
    const { pid } = await startTarget(t, IDLE, { flags: [], env: { NODE_OPTIONS: '--disable-sigusr1' } });
    await refused(pid, 'SIGNAL_NOT_HANDLED', /started with --disable-sigusr1/);
  });

  it('is a process whose port another has', async (t) => {
    const port = await freePort();
    const server = createServer().listen(port, '127.0.0.1');
    t.after(() => server.close());
    const { pid } = await startTarget(t, IDLE, { flags: [`--inspect-port=${port}`] });
    await refused(pid, 'INSPECTOR_PORT_TAKEN', new RegExp(`port ${port}`));
    assert.ok(isRunning(pid));
  });

  it('is a process of another user', async (t) => {
    if (process.getuid?.() !== 0) return t.skip('needs root, to be somebody else');
    const { pid } = await startTarget(t, IDLE);
    const script = `
      process.setuid(65534);
      await attach(${pid}, { seconds: 1, sampleBytes: 8192, abort: new AbortController().signal,
        consent: async () => false, onStage: () => {} }).catch(({ code }) => console.log('refused', code));`;
    const module = new URL('../../src/heap/attach/index.ts', import.meta.url).href;
    const child = spawn(
      process.execPath,
      ['--input-type=module', '-e', `const { attach } = await import('${module}'); ${script}`],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const said = await new Promise((resolve) => child.stdout.once('data', (text) => resolve(String(text))));
    assert.equal(said, 'refused PROCESS_DENIED\n');
    assert.deepEqual([isRunning(pid), openPorts(pid)], [true, []]);
  });
});
