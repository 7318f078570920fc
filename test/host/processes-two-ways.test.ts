// Two ways to one number: the table's figures against /proc/[pid]/status, and against psutil's, for every process there is.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { createProcessTable } from '../../src/host/index.ts';
import type { ProcessSample } from '../../src/model/index.ts';
import { systemClock } from '../../src/monitor/clock.ts';
import { skipWithout } from '../programs.ts';
import { PSUTIL, PYTHON } from './psutil.ts';

type Samples = ReadonlyMap<number, ProcessSample>;

/** Scans, asks another source, scans again: only what both scans agree on can be compared with it. */
function between<T>(ask: () => T): { readonly steady: Samples; readonly answer: T } {
  const table = createProcessTable({ procRoot: '/proc', clock: systemClock });
  try {
    const before = table.scan(totalmem()).processes;
    const answer = ask();
    const after = new Map(table.scan(totalmem()).processes.map((sample) => [sample.pid, sample]));
    const steady = before.filter((sample) => unchanged(sample, after.get(sample.pid)));
    return { steady: new Map(steady.map((sample) => [sample.pid, sample])), answer };
  } finally {
    table.close();
  }
}

function unchanged(one: ProcessSample, other: ProcessSample | undefined): boolean {
  return (['startTicks', 'rssBytes', 'vmsBytes', 'threads', 'cpuSeconds', 'name', 'command'] as const).every(
    (field) => one[field] === other?.[field],
  );
}

function kibOf(status: string, name: string): number | undefined {
  const kib = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  return kib === undefined ? undefined : Number(kib) * 1024;
}

describe('processes against /proc/[pid]/status', { skip: skipWithout('/proc/self/status') }, () => {
  it('have the same RSS and VMS, to the byte', () => {
    const { steady, answer } = between(() => statuses());
    const compared = [...steady.values()].flatMap(({ pid, rssBytes, vmsBytes }) => {
      const status = answer.get(pid);
      // Kernel threads and zombies have neither line.
      const expected = [kibOf(status ?? '', 'VmRSS') ?? 0, kibOf(status ?? '', 'VmSize') ?? 0];
      return status === undefined ? [] : [{ pid, ours: [rssBytes, vmsBytes], expected }];
    });
    assert.ok(compared.length > 10, `${compared.length} processes held still`);
    assert.deepEqual(
      compared.filter(({ ours, expected }) => ours.join() !== expected.join()),
      [],
    );
  });

  function statuses(): ReadonlyMap<number, string> {
    const table = createProcessTable({ procRoot: '/proc', clock: systemClock });
    const { processes } = table.scan(totalmem());
    table.close();
    return new Map(processes.flatMap(({ pid }) => statusOf(pid)));
  }

  function statusOf(pid: number): readonly [number, string][] {
    try {
      return [[pid, readFileSync(join('/proc', String(pid), 'status'), 'utf8')]];
    } catch {
      return [];
    }
  }
});

interface PsutilProcess {
  readonly pid: number;
  readonly name: string;
  readonly cmdline: readonly string[];
  readonly status: string;
  readonly ppid: number;
  readonly num_threads: number;
  readonly create_time: number;
  readonly memory_info: readonly number[];
  readonly cpu_times: readonly number[];
}

const ASK_PSUTIL = `
import json, psutil
fields = ["pid", "name", "cmdline", "status", "ppid", "num_threads", "create_time", "memory_info", "cpu_times"]
print(json.dumps([p.info for p in psutil.process_iter(fields)]))
`;

describe('processes against psutil', { skip: skipWithout(PYTHON, PSUTIL) }, () => {
  it('have the same names, command lines, parents, threads, times and sizes', () => {
    const { steady, answer } = between((): PsutilProcess[] =>
      JSON.parse(execFileSync(PYTHON, ['-c', ASK_PSUTIL], { encoding: 'utf8', maxBuffer: 2 ** 26 })),
    );
    const compared = answer.flatMap((theirs) => {
      const ours = steady.get(theirs.pid);
      return ours ? [[asRow(ours), psutilRow(theirs)] as const] : [];
    });
    assert.ok(compared.length > 10, `${compared.length} processes held still`);
    const differing = compared.filter(([ours, theirs]) => !isDeepStrictEqual(ours, theirs));
    assert.deepEqual(
      differing.map(([ours]) => ours),
      differing.map(([, theirs]) => theirs),
    );
  });
});

function asRow(sample: ProcessSample) {
  return {
    pid: sample.pid,
    name: lasting(sample.name),
    command: beginning(sample.command),
    parent: sample.parentPid,
    threads: sample.threads,
    startedAt: sample.startedAtSeconds.toFixed(2),
    rss: sample.rssBytes,
    vms: sample.vmsBytes,
    cpu: sample.cpuSeconds.toFixed(2),
  };
}

function psutilRow({ memory_info: [rss, vms], cpu_times: [user = 0, system = 0], ...theirs }: PsutilProcess) {
  return {
    pid: theirs.pid,
    name: lasting(programOf(theirs)),
    command: beginning((theirs.cmdline ?? []).join(' ').trim()),
    parent: theirs.ppid,
    threads: theirs.num_threads,
    startedAt: theirs.create_time.toFixed(2),
    rss,
    vms,
    cpu: (user + system).toFixed(2),
  };
}

/** A command line is cut at 4096 bytes here and not at all by psutil: what both have whatever its bytes mean. */
function beginning(command: string): string {
  return command.slice(0, 1000);
}

/** Node.js processes are called by their program here, where psutil has the name of their main thread. */
function programOf({ name, cmdline }: Pick<PsutilProcess, 'name' | 'cmdline'>): string {
  return name === 'MainThread' ? basename(cmdline[0] ?? name) : name;
}

/** A kernel worker's name tells what it does at the moment. */
function lasting(name: string): string {
  return name.startsWith('kworker/') ? 'kworker' : name;
}
