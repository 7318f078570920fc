// A version 1 control group for real: 64 MiB, an allocator in it that the kernel kills, and our reader that counts it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { readCgroupMemory } from '../../src/host/cgroupfs/index.ts';
import { createHostReader, type HostReader } from '../../src/host/index.ts';
import type { CgroupMemory } from '../../src/model/index.ts';
import { systemClock } from '../../src/monitor/clock.ts';
import { MIB } from '../../src/units/index.ts';

const CGROUP_ROOT = '/sys/fs/cgroup';
const MEMORY_ROOT = join(CGROUP_ROOT, 'memory');
const OUTER = `/plimsoll-test-${process.pid}`;
const INNER = `${OUTER}/app`;
const LIMIT_BYTES = 64 * MIB;

function mayMakeGroups(): boolean {
  try {
    accessSync(join(MEMORY_ROOT, 'memory.usage_in_bytes'), constants.R_OK);
    mkdirSync(join(MEMORY_ROOT, OUTER));
    rmdirSync(join(MEMORY_ROOT, OUTER));
    return true;
  } catch {
    return false;
  }
}

const write = (group: string, file: string, text: string): void =>
  writeFileSync(join(MEMORY_ROOT, group, file), text);

const skip = !mayMakeGroups() && 'no version 1 memory group can be made here';

describe('a version 1 group with a limit', { skip }, () => {
  let host: HostReader;
  beforeEach(() => {
    mkdirSync(join(MEMORY_ROOT, INNER), { recursive: true });
    write(OUTER, 'memory.limit_in_bytes', String(LIMIT_BYTES));
    host = createHostReader({ procRoot: '/proc', cgroupRoot: CGROUP_ROOT, clock: systemClock });
  });
  afterEach(() => {
    rmdirSync(join(MEMORY_ROOT, INNER));
    rmdirSync(join(MEMORY_ROOT, OUTER));
  });

  function group(): CgroupMemory {
    const reading = readCgroupMemory(CGROUP_ROOT, { memoryPath: INNER }, (problem) => assert.fail(problem));
    assert.ok(reading);
    return reading.memory;
  }

  /** Runs a program in the inner group that allocates and touches memory. */
  function allocate(bytes: number): NodeJS.Signals | null {
    const enter = `echo $$ >${join(MEMORY_ROOT, INNER, 'cgroup.procs')}`;
    const program = `Buffer.alloc(${bytes}, 1)`;
    return spawnSync('/bin/sh', ['-c', `${enter}; exec "$@"`, 'sh', process.execPath, '-e', program]).signal;
  }

  it('has the limit of the group above', () => {
    assert.deepEqual(group().limit, { kind: 'limited', bytes: LIMIT_BYTES, path: OUTER });
    assert.equal(group().version, 1);
  });

  it('counts a process that the kernel killed for it, as does the host', () => {
    const before = host.sample().paging?.oomKills ?? 0;
    assert.equal(group().events?.oomKill, 0);
    assert.equal(allocate(200 * MIB), 'SIGKILL');
    assert.equal(group().events?.oomKill, 1);
    assert.ok((host.sample().paging?.oomKills ?? 0) > before);
    const peak = Number(readFileSync(join(MEMORY_ROOT, INNER, 'memory.max_usage_in_bytes'), 'utf8'));
    assert.equal(group().peakBytes, peak);
    // The inner group counts a charge before the outer one refuses it, so its peak can pass the limit by a little.
    assert.ok(peak > LIMIT_BYTES / 2 && peak < LIMIT_BYTES + MIB, `a peak of ${peak}`);
  });

  it('survives a group that is removed while it is watched', () => {
    const reading = readCgroupMemory(CGROUP_ROOT, { memoryPath: `${INNER}/gone` }, (problem) =>
      assert.fail(problem),
    );
    assert.equal(reading?.memory.path, '/');
  });
});
