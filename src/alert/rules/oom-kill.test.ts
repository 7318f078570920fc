import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HostSample } from '../../model/index.ts';
import { GIB } from '../../units/index.ts';
import { nextCounters } from '../counters.ts';
import { oomKill } from './oom-kill.ts';

const thresholds = { memoryPercent: 85, processRssBytes: GIB };
const NO_LIMIT = { kind: 'unlimited' } as const;

function host(kills: {
  readonly host?: number;
  readonly cgroup?: number;
  readonly path?: string;
}): HostSample {
  const { path = '/app' } = kills;
  const cgroup = { version: 2, path, limit: NO_LIMIT, high: NO_LIMIT, swapLimit: NO_LIMIT } as const;
  return {
    atSeconds: 0,
    ...(kills.host !== undefined && { paging: { oomKills: kills.host } }),
    ...(kills.cgroup !== undefined && { cgroup: { ...cgroup, events: { oomKill: kills.cgroup } } }),
    collectors: [],
  };
}

function between(before: HostSample, now: HostSample) {
  return oomKill({ host: now, previousCounters: nextCounters({}, before), thresholds });
}

describe('oom_kill', () => {
  it('acts at once when a counter has risen', () => {
    assert.deepEqual(between(host({ host: 3, cgroup: 0 }), host({ host: 5, cgroup: 1 })), {
      key: 'oom_kill',
      outcome: 'breach',
      type: 'memory',
      severity: 'critical',
      title: 'Out-of-memory kill',
      message: 'Out-of-memory kill: 2 on the host, 1 in /app since the previous check',
      immediate: true,
    });
  });

  it('is healthy while the counters stand, however high', () => {
    assert.equal(between(host({ host: 7, cgroup: 7 }), host({ host: 7, cgroup: 7 })).outcome, 'healthy');
  });

  it('counts what a counter shows that started over', () => {
    assert.equal(between(host({ host: 7 }), host({ host: 0 })).outcome, 'healthy');
    const seen = between(host({ host: 7 }), host({ host: 1 }));
    assert.match(seen.outcome === 'breach' ? seen.message : '', /: 1 on the host since/);
  });

  it('never compares two cgroups', () => {
    const seen = between(host({ cgroup: 1, path: '/a' }), host({ cgroup: 5, path: '/b' }));
    assert.equal(seen.outcome, 'unknown');
  });

  it('tells that the run before was killed, without a reading', () => {
    const death = { cause: 'oom-kill', sentence: 'previous run was killed' } as const;
    const seen = oomKill({ thresholds, death });
    assert.ok(seen.outcome === 'breach');
    assert.deepEqual(
      [seen.severity, seen.immediate, seen.message],
      ['critical', true, 'Out-of-memory kill: previous run was killed'],
    );
    assert.equal(oomKill({ thresholds, death: { ...death, cause: 'killed' } }).outcome, 'unknown');
  });

  it('is unknown without two readings', () => {
    assert.equal(oomKill({ host: host({ host: 3 }), thresholds }).outcome, 'unknown');
    assert.equal(between(host({}), host({ host: 3 })).outcome, 'unknown');
    assert.equal(between(host({ host: 3 }), host({})).outcome, 'unknown');
  });
});
