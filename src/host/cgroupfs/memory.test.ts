import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { GroupPaths } from './hierarchy.ts';
import { type CgroupReading, readCgroupMemory } from './memory.ts';

const hostRoot = (host: string): string =>
  join(import.meta.dirname, '../../../fixtures/hosts', host, 'sys/fs/cgroup');

const POD = '/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod4c1e.slice';
const CONTAINER = `${POD}/cri-containerd-9f2b.scope`;
const unlimited = { kind: 'unlimited' };

function readWithout(problems: string[], root: string, paths: GroupPaths): CgroupReading | undefined {
  return readCgroupMemory(root, paths, (problem) => problems.push(problem));
}

function read(root: string, paths: GroupPaths): CgroupReading | undefined {
  const problems: string[] = [];
  const reading = readWithout(problems, root, paths);
  assert.deepEqual(problems, []);
  return reading;
}

describe('cgroup memory, version 2', () => {
  const root = hostRoot('container-v2');

  it('reads a container, its limit the pod’s', () => {
    assert.deepEqual(read(root, { unifiedPath: CONTAINER }), {
      directory: `${root}${CONTAINER}`,
      memory: {
        version: 2,
        path: CONTAINER,
        usageBytes: 352_321_536,
        workingSetBytes: 352_321_536 - 54_525_952,
        limit: { kind: 'limited', bytes: 402_653_184, path: POD },
        high: { kind: 'limited', bytes: 335_544_320, path: CONTAINER },
        peakBytes: 402_652_160,
        swapUsageBytes: 0,
        swapLimit: { kind: 'limited', bytes: 0, path: CONTAINER },
        events: { low: 0, high: 41, max: 1873, oom: 2, oomKill: 2 },
      },
    });
  });

  it('reads the nearest group that accounts for memory', () => {
    const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-cgroup-'));
    try {
      mkdirSync(join(scratch, 'a/b'), { recursive: true });
      writeFileSync(join(scratch, 'cgroup.controllers'), 'memory\n');
      writeFileSync(join(scratch, 'a/memory.current'), '4096\n');
      assert.equal(read(scratch, { unifiedPath: '/a/b' })?.memory.path, '/a');
      rmSync(join(scratch, 'a/memory.current'));
      assert.equal(read(scratch, { unifiedPath: '/a/b' }), undefined);
    } finally {
      rmSync(scratch, { recursive: true });
    }
  });

  it('leaves out and notes what makes no sense, and never goes below 0', () => {
    const problems: string[] = [];
    const reading = readWithout(problems, hostRoot('contradictory'), { unifiedPath: '/../../outside' });
    assert.deepEqual(reading?.memory, {
      version: 2,
      path: '/',
      usageBytes: 209_715_200,
      workingSetBytes: 0,
      limit: { kind: 'limited', bytes: 1_073_741_824, path: '/' },
      high: unlimited,
      swapLimit: unlimited,
    });
    assert.deepEqual(problems, [
      'memory.peak: not a number: "unknown\\n"',
      'memory.events: not a counter: "high"',
    ]);
  });
});

describe('cgroup memory, version 1', () => {
  const root = hostRoot('cgroup-v1');

  it('reads a group that was OOM-killed in', () => {
    assert.deepEqual(read(root, { memoryPath: '/docker/app' })?.memory, {
      version: 1,
      path: '/docker/app',
      usageBytes: 39_133_184,
      workingSetBytes: 39_133_184 - 14_647_296,
      limit: { kind: 'limited', bytes: 67_108_864, path: '/docker/app' },
      high: unlimited,
      peakBytes: 67_108_864,
      swapUsageBytes: 0,
      swapLimit: { kind: 'limited', bytes: 0, path: '/docker/app' },
      events: { max: 0, oomKill: 1 },
    });
  });

  it('reads swap as what memory and swap may be together less memory', () => {
    const memory = read(root, { memoryPath: '/docker' })?.memory;
    assert.deepEqual(memory?.limit, { kind: 'limited', bytes: 268_435_456, path: '/docker' });
    assert.deepEqual(memory?.swapLimit, { kind: 'limited', bytes: 134_217_728, path: '/docker' });
  });

  it('has no limit at the top', () => {
    assert.deepEqual(read(root, { memoryPath: '/' })?.memory.limit, unlimited);
  });
});

describe('cgroup memory, version 1 in a container', () => {
  let scratch = '';
  before(() => {
    scratch = mkdtempSync(join(tmpdir(), 'plimsoll-cgroup-'));
    mkdirSync(join(scratch, 'memory'));
    const write = (file: string, text: string): void => writeFileSync(join(scratch, 'memory', file), text);
    write('memory.usage_in_bytes', '1000\n');
    write('memory.limit_in_bytes', '9223372036854771712\n');
    write(
      'memory.stat',
      'inactive_file 100\nhierarchical_memory_limit 5000\nhierarchical_memsw_limit 9223372036854771712\n',
    );
  });
  after(() => rmSync(scratch, { recursive: true }));

  it('sees the limits of groups above the mounted one', () => {
    const memory = read(scratch, { memoryPath: '/docker/of-the-host' })?.memory;
    assert.deepEqual(memory?.limit, { kind: 'limited', bytes: 5000, path: '/' });
    assert.deepEqual(memory?.swapLimit, unlimited);
  });

  it('reads kernels without hierarchical figures, counters or swap accounting', () => {
    const memory = read(scratch, {})?.memory;
    assert.equal(memory?.workingSetBytes, 900);
    assert.equal(memory && 'events' in memory, false);
    assert.equal(memory && 'swapUsageBytes' in memory, false);
  });
});
