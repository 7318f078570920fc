import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createManualClock, type ManualClock } from '../../test/manual-clock.ts';
import type { ProcessSample, ProcessTableScan } from '../model/index.ts';
import { createProcessTable, type ProcessTable } from './process-table.ts';

const CAPTURED = join(import.meta.dirname, '../../fixtures/hosts/linux-6.18/proc');
const TOTAL_BYTES = 4096 * 1000;

interface Life {
  readonly name?: string;
  readonly command?: string;
  readonly startTicks?: number;
  readonly cpuTicks?: number;
  readonly residentPages?: number;
  readonly sizePages?: number;
}

describe('process table', () => {
  let procRoot = '';
  let clock: ManualClock;
  let table: ProcessTable;
  beforeEach(() => {
    procRoot = mkdtempSync(join(tmpdir(), 'plimsoll-proc-'));
    writeFileSync(join(procRoot, 'stat'), 'cpu 1 1 1 1\nbtime 1600000000\n');
    clock = createManualClock();
    table = createProcessTable({ procRoot, clock });
  });
  afterEach(() => {
    table.close();
    rmSync(procRoot, { recursive: true });
  });

  function live(pid: number, life: Life = {}): void {
    const { name = 'node', command = 'node\0app.js\0', startTicks = 500, cpuTicks = 10 } = life;
    const folder = join(procRoot, String(pid));
    mkdirSync(folder, { recursive: true });
    const stat = `${pid} (${name}) S 1 1 1 0 -1 0 0 0 0 0 ${cpuTicks} 0 0 0 20 0 3 0 ${startTicks} 1 1 1\n`;
    writeFileSync(join(folder, 'stat'), stat);
    writeFileSync(join(folder, 'statm'), `${life.sizePages ?? 200} ${life.residentPages ?? 50} 1 1 0 1 0\n`);
    writeFileSync(join(folder, 'cmdline'), command);
  }

  const die = (pid: number): void => rmSync(join(procRoot, String(pid)), { recursive: true });
  const scan = (): ProcessTableScan => table.scan(TOTAL_BYTES);
  const only = (): ProcessSample => {
    const [sample] = scan().processes;
    assert.ok(sample);
    return sample;
  };
  const counts = ({ processes, vanished, denied, malformed }: ProcessTableScan) => ({
    seen: processes.length,
    vanished,
    denied,
    malformed,
  });

  it('reads a process whole', () => {
    live(4211);
    assert.deepEqual(only(), {
      pid: 4211,
      startTicks: 500,
      parentPid: 1,
      name: 'node',
      command: 'node app.js',
      state: 'S',
      startedAtSeconds: 1_600_000_005,
      rssBytes: 50 * 4096,
      vmsBytes: 200 * 4096,
      cpuSeconds: 0.1,
      threads: 3,
      memoryPercent: 5,
    });
  });

  it('reads a captured host', () => {
    cpSync(CAPTURED, procRoot, { recursive: true });
    const byPid = scan().processes.toSorted((a, b) => a.pid - b.pid);
    assert.deepEqual(
      byPid.map(({ pid, state, name, command }) => [pid, state, name, command]),
      [
        [2, 'S', 'kthreadd', ''],
        [10, 'I', 'kworker/0:0H-events_highpri', ''],
        [16_630, 'S', 'sleep', 'nginx: worker process 1000'],
        [16_631, 'S', 'orders-api (blue) (1)', 'orders-api (blue) (1)'],
        [16_634, 'S', 'gnome-keyring-daemon', '/tmp/gnome-keyring-daemon 1000'],
        [
          16_635,
          'S',
          'python3',
          '/usr/bin/python3 -c import os,time; p=os.fork(); \nif p==0: os._exit(0)\ntime.sleep(1000)',
        ],
        [16_683, 'Z', 'python3', ''],
      ],
    );
  });

  it('measures processor time between two scans, by monotonic time', async () => {
    live(1, { cpuTicks: 100 });
    assert.equal(only().cpuPercent, undefined);
    live(1, { cpuTicks: 400 });
    await clock.advance(2);
    clock.jump(-86_400);
    assert.equal(only().cpuPercent, 150);
    live(1, { cpuTicks: 500 });
    await clock.advance(2);
    clock.jump(2 * 86_400);
    assert.equal(only().cpuPercent, 50);
  });

  it('has no rate where no time passed, and none below 0', async () => {
    live(1, { cpuTicks: 100 });
    scan();
    assert.equal(only().cpuPercent, undefined);
    live(1, { cpuTicks: 50 });
    await clock.advance(1);
    assert.equal(only().cpuPercent, 0);
  });

  it('knows a new process under an old pid', async () => {
    live(77, { startTicks: 500, cpuTicks: 100 });
    scan();
    live(77, { startTicks: 900, cpuTicks: 400, command: 'node\0other.js\0' });
    await clock.advance(1);
    const sample = only();
    assert.equal(sample.startTicks, 900);
    assert.equal(sample.command, 'node other.js');
    assert.equal('cpuPercent' in sample, false);
  });

  it('forgets a process that is gone', async () => {
    live(77);
    live(78);
    scan();
    die(77);
    assert.deepEqual(
      scan().processes.map(({ pid }) => pid),
      [78],
    );
    live(77);
    await clock.advance(1);
    const back = scan().processes.find(({ pid }) => pid === 77);
    assert.equal(back?.cpuPercent, undefined);
  });

  it('reads the command line once, and again when the name tells of an exec', () => {
    live(5, { command: 'node\0one.js\0' });
    scan();
    live(5, { command: 'node\0two.js\0' });
    assert.equal(only().command, 'node one.js');
    live(5, { name: 'python3', command: 'python3\0app.py\0' });
    assert.deepEqual([only().name, only().command], ['python3', 'python3 app.py']);
  });

  it('reads a command line again that was empty while the process was started', () => {
    live(5, { command: '' });
    assert.equal(only().command, '');
    live(5);
    assert.equal(only().command, 'node app.js');
  });

  it('lengthens a name that the kernel cut, where the command line agrees', () => {
    live(5, { name: 'gnome-keyring-d', command: '/usr/bin/gnome-keyring-daemon\0--start\0' });
    assert.equal(only().name, 'gnome-keyring-daemon');
    live(5, { name: 'fifteen-letters', command: '/usr/bin/other\0' });
    assert.equal(only().name, 'fifteen-letters');
    live(5, { name: 'node', command: '/usr/bin/nodejs-server\0' });
    assert.equal(only().name, 'node');
  });

  it('calls a Node.js process by its program, not by its main thread', () => {
    live(7, { name: 'MainThread', command: '/usr/bin/node\0server.js\0' });
    assert.equal(only().name, 'node');
    die(7);
    live(8, { name: 'MainThread', command: '' });
    assert.equal(only().name, 'MainThread');
  });

  it('bounds a long command line', () => {
    live(5, { command: `node\0${'x'.repeat(100_000)}\0` });
    assert.equal(only().command.length, 4096);
  });

  it('leaves out and counts what vanished or makes no sense', () => {
    live(1);
    mkdirSync(join(procRoot, '2'));
    live(3);
    rmSync(join(procRoot, '3/statm'));
    live(4);
    writeFileSync(join(procRoot, '4/stat'), 'nonsense');
    live(5);
    writeFileSync(join(procRoot, '5/statm'), '');
    assert.deepEqual(counts(scan()), { seen: 1, vanished: 2, denied: 0, malformed: 2 });
    live(4);
    assert.deepEqual(counts(scan()), { seen: 2, vanished: 2, denied: 0, malformed: 1 });
  });

  it('looks at numbered folders only', () => {
    for (const name of ['self', '0', '12a', '-1', '1e3', '007']) mkdirSync(join(procRoot, name));
    assert.deepEqual(counts(scan()), { seen: 0, vanished: 0, denied: 0, malformed: 0 });
  });

  it('is empty where there is no process file system', () => {
    const nowhere = createProcessTable({ procRoot: '/nonexistent', clock });
    assert.deepEqual(counts(nowhere.scan(TOTAL_BYTES)), { seen: 0, vanished: 0, denied: 0, malformed: 0 });
  });

  it('has no share of a memory of unknown size', () => {
    live(1);
    assert.equal(table.scan(0).processes[0]?.memoryPercent, 0);
  });

  it('moves start times with a wall clock that was set', () => {
    live(1);
    assert.equal(only().startedAtSeconds, 1_600_000_005);
    writeFileSync(join(procRoot, 'stat'), 'cpu 1 1 1 1\nbtime 1700000000\n');
    assert.equal(only().startedAtSeconds, 1_600_000_005);
    clock.jump(100_000_000);
    assert.equal(only().startedAtSeconds, 1_700_000_005);
  });
});
