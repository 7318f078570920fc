import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CgroupMemory, HostSample, MemoryLimit } from '../../model/index.ts';
import { GIB, MIB } from '../../units/index.ts';
import { cgroupNearLimit } from './cgroup-near-limit.ts';

const thresholds = { memoryPercent: 85, processRssBytes: GIB };
const NO_LIMIT: MemoryLimit = { kind: 'unlimited' };
const LIMIT: MemoryLimit = { kind: 'limited', bytes: 1000 * MIB, path: '/app' };

function host(limit: MemoryLimit, workingSetBytes?: number): HostSample {
  const cgroup: CgroupMemory = {
    version: 2,
    path: '/app/web',
    usageBytes: 990 * MIB,
    ...(workingSetBytes !== undefined && { workingSetBytes }),
    limit,
    high: NO_LIMIT,
    swapLimit: NO_LIMIT,
  };
  return { atSeconds: 0, cgroup, collectors: [] };
}

describe('cgroup_near_limit', () => {
  it('fails when the working set, not the usage, is strictly above the threshold', () => {
    assert.equal(cgroupNearLimit({ host: host(LIMIT, 850 * MIB), thresholds }).outcome, 'healthy');
    assert.deepEqual(cgroupNearLimit({ host: host(LIMIT, 912 * MIB), thresholds }), {
      key: 'cgroup_near_limit',
      outcome: 'breach',
      type: 'cgroup',
      severity: 'medium',
      title: 'Control group near its memory limit',
      message: 'Control group near its memory limit: working set 912 MiB is 91.2% of 1000 MiB (/app)',
    });
  });

  it('is healthy without a limit: one that was lifted ends its alert', () => {
    assert.equal(cgroupNearLimit({ host: host(NO_LIMIT, 912 * MIB), thresholds }).outcome, 'healthy');
  });

  it('fails at a limit of nothing', () => {
    const none: MemoryLimit = { kind: 'limited', bytes: 0, path: '/app' };
    assert.equal(cgroupNearLimit({ host: host(none, 0), thresholds }).outcome, 'breach');
  });

  it('is unknown without a cgroup or a working set', () => {
    assert.equal(cgroupNearLimit({ host: host(LIMIT), thresholds }).outcome, 'unknown');
    assert.equal(cgroupNearLimit({ host: { atSeconds: 0, collectors: [] }, thresholds }).outcome, 'unknown');
  });
});
