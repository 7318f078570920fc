// The process table under real faults: scarce descriptors, processes that come and go, pids given away again, names made to
// mislead, zombies, a process file system that denies.
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createProcessTable, type ProcessTable } from '../../src/host/index.ts';
import type { ProcessSample } from '../../src/model/index.ts';
import { systemClock } from '../../src/monitor/clock.ts';
import { skipWithout } from '../programs.ts';
import type { ScanReport } from './scan-in-child.ts';

const SCAN_IN_CHILD = join(import.meta.dirname, 'scan-in-child.ts');
const TOTAL_BYTES = 2 ** 34;

/** A shell script in a process group of its own. It prints a line when it is ready. */
async function withShell<T>(
  script: string,
  use: (child: ChildProcess, line: string) => T | Promise<T>,
): Promise<T> {
  const child = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  assert.ok(child.pid !== undefined);
  try {
    const [line] = await once(child.stdout, 'data');
    return await use(child, String(line).trim());
  } finally {
    process.kill(-child.pid, 'SIGKILL');
  }
}

async function withTable<T>(use: (table: ProcessTable) => T | Promise<T>): Promise<T> {
  const table = createProcessTable({ procRoot: '/proc', clock: systemClock });
  try {
    return await use(table);
  } finally {
    table.close();
  }
}

function scanInChild(command: readonly string[], args: readonly string[] = []): ScanReport {
  const [program = '', ...rest] = [...command, process.execPath, SCAN_IN_CHILD, ...args];
  return JSON.parse(execFileSync(program, rest, { encoding: 'utf8', maxBuffer: 2 ** 24 }));
}

const find = (table: ProcessTable, pid: number | undefined): ProcessSample | undefined =>
  table.scan(TOTAL_BYTES).processes.find((sample) => sample.pid === pid);

const PRLIMIT = '/usr/bin/prlimit';
const SLEEPERS = 300;
const MANY = `for i in $(seq ${SLEEPERS}); do sleep 600 & pids="$pids $!"; done; echo $pids; wait`;

describe('with at most 64 descriptors', { skip: skipWithout('/proc/self/stat', PRLIMIT) }, () => {
  const limited = [PRLIMIT, '--nofile=64:64'];

  it(`sees ${SLEEPERS} processes, keeping a quarter of the descriptors`, () =>
    withShell(MANY, (_, line) => {
      const sleepers = line.split(' ').map(Number);
      assert.equal(sleepers.length, SLEEPERS);
      const { first, second, kept } = scanInChild(limited, ['/proc']);
      assert.deepEqual(
        sleepers.filter((pid) => !first.includes(pid) || !second.includes(pid)),
        [],
      );
      assert.equal(kept, 16);
    }));

  it('gives its descriptors back when the process has no others left', () =>
    withShell(MANY, (_, line) => {
      const { second } = scanInChild(limited, ['/proc', '--exhaust']);
      assert.deepEqual(
        line
          .split(' ')
          .map(Number)
          .filter((pid) => !second.includes(pid)),
        [],
      );
    }));
});

describe('descriptors', { skip: skipWithout('/proc/self/fd') }, () => {
  const openDescriptors = (): readonly string[] => readdirSync('/proc/self/fd');

  it('are all closed by close()', async () => {
    const before = openDescriptors().length;
    await withTable((table) => {
      table.scan(TOTAL_BYTES);
      assert.ok(openDescriptors().length > before + 2);
    });
    assert.equal(openDescriptors().length, before);
  });

  it('of processes that are gone are closed by the next scan', () =>
    withShell('sleep 600 & sleep 600 & echo ready; wait', async (child) => {
      await withTable(async (table) => {
        assert.ok(find(table, child.pid));
        const withChild = openDescriptors().length;
        process.kill(-(child.pid ?? 0), 'SIGKILL');
        await once(child, 'exit');
        await untilGone(child.pid ?? 0);
        table.scan(TOTAL_BYTES);
        assert.ok(openDescriptors().length < withChild + 2);
        assert.equal(find(table, child.pid), undefined);
      });
    }).catch(ignoreMissing));
});

async function untilGone(pid: number): Promise<void> {
  while (existsSync(`/proc/${pid}`)) await sleep(5);
}

/** The group was killed already when the shell is put away. */
function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
}

describe('processes that come and go', { skip: skipWithout('/proc/self/stat') }, () => {
  it('are survived: 2,000 of them while the table is scanned', async () => {
    const churn = spawn('/bin/sh', [
      '-c',
      'i=0; while [ $i -lt 2000 ]; do /bin/true & i=$((i+1)); done; wait',
    ]);
    let running = true;
    churn.once('exit', () => {
      running = false;
    });
    await withTable(async (table) => {
      let scans = 0;
      for (; running; scans += 1) {
        const { processes } = table.scan(TOTAL_BYTES);
        assert.ok(processes.some(({ pid }) => pid === process.pid));
        for (const sample of processes) assertPlausible(sample);
        await sleep(1);
      }
      assert.ok(scans > 3);
    });
    assert.equal(churn.exitCode, 0);
  });
});

function assertPlausible(sample: ProcessSample): void {
  assert.ok(sample.rssBytes >= 0 && sample.rssBytes <= sample.vmsBytes, JSON.stringify(sample));
  assert.ok(sample.startTicks > 0 && sample.cpuSeconds >= 0 && (sample.cpuPercent ?? 0) >= 0);
  assert.match(sample.state, /^[A-Za-z]$/);
}

const NEXT_PID = '/proc/sys/kernel/ns_last_pid';
const mayChoosePids = process.getuid?.() === 0 && existsSync(NEXT_PID);

describe('a pid that is given away again', {
  skip: !mayChoosePids && `${NEXT_PID} cannot be written`,
}, () => {
  it('is another process to the table', async () => {
    await withTable(async (table) => {
      const first = spawn('sleep', ['600']);
      const pid = first.pid ?? 0;
      const before = find(table, pid);
      first.kill('SIGKILL');
      await once(first, 'exit');
      const second = reuse(pid);
      try {
        const after = find(table, pid);
        assert.ok(before && after);
        assert.notEqual(after.startTicks, before.startTicks);
        assert.equal(after.command, 'sleep 601');
        assert.equal('cpuPercent' in after, false);
      } finally {
        process.kill(second, 'SIGKILL');
      }
    });
  });
});

/** Starts a process under this pid. Others start processes too, so it can take some attempts. */
function reuse(pid: number): number {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const script = `echo ${pid - 1} >${NEXT_PID}; sleep 601 >/dev/null 2>&1 & echo $!`;
    const { stdout } = spawnSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
    if (Number(stdout) === pid) return pid;
    process.kill(Number(stdout), 'SIGKILL');
  }
  return assert.fail(`pid ${pid} was not to be had`);
}

describe('odd processes', { skip: skipWithout('/proc/self/comm') }, () => {
  const nameOf = (bytes: string): Promise<string | undefined> =>
    withShell(
      `printf '${bytes}' >/proc/self/comm; echo ready; while :; do read x </dev/zero; done`,
      (child) => withTable((table) => find(table, child.pid)?.name),
    );

  it('have names that mislead', async () => {
    assert.equal(await nameOf(') ('), ') (');
    assert.equal(await nameOf(') R 1 (x\\ny'), ') R 1 (x\ny');
    assert.equal(await nameOf('caf\\351\\377'), 'caf��');
  });

  it('are zombies', () =>
    withShell('sleep 0.01 & echo $!; exec sleep 600', async (_, line) => {
      await withTable(async (table) => {
        const pid = Number(line);
        while (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0] !== 'Z') await sleep(5);
        const zombie = find(table, pid);
        assert.deepEqual(
          [zombie?.state, zombie?.name, zombie?.command, zombie?.rssBytes, zombie?.vmsBytes],
          ['Z', 'sleep', '', 0, 0],
        );
      });
    }));
});

const UNSHARE = '/usr/bin/unshare';
const SETPRIV = '/usr/bin/setpriv';
const skipDenied =
  skipWithout(UNSHARE, SETPRIV) || (!mayMountProc() && 'no process file system can be mounted here');

function mayMountProc(): boolean {
  const mount = 'mount -t proc -o hidepid=noaccess proc /proc';
  return spawnSync(UNSHARE, ['--mount', '/bin/sh', '-c', mount], { stdio: 'ignore' }).status === 0;
}

describe('a process file system that denies', { skip: skipDenied }, () => {
  it('shows what is ours, and the others are counted', () => {
    const mountPoint = mkdtempSync(join(tmpdir(), 'plimsoll-hidepid-'));
    const script = `mount -t proc -o hidepid=noaccess proc ${mountPoint} && exec "$@"`;
    const asNobody = [SETPRIV, '--reuid=65534', '--regid=65534', '--clear-groups'];
    try {
      const { first, denied } = scanInChild(
        [UNSHARE, '--mount', '/bin/sh', '-c', script, 'sh', ...asNobody],
        [mountPoint],
      );
      assert.ok(denied >= 2, 'root’s processes are denied');
      assert.ok(first.length >= 1, 'its own process is seen');
      assert.ok(!first.includes(1));
    } finally {
      rmdirSync(mountPoint);
    }
  });
});
