import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HostSample, Pressure } from '../../model/index.ts';
import { GIB } from '../../units/index.ts';
import { memoryPressure } from './memory-pressure.ts';

const thresholds = { memoryPercent: 85, processRssBytes: GIB };
const NO_LIMIT = { kind: 'unlimited' } as const;

function full(avg60Percent: number): Pressure {
  return { full: { avg10Percent: 99, avg60Percent, avg300Percent: 0, totalSeconds: 1 } };
}

function host(pressure?: Pressure, ofCgroup?: Pressure): HostSample {
  const cgroup = { version: 2, path: '/app', limit: NO_LIMIT, high: NO_LIMIT, swapLimit: NO_LIMIT } as const;
  return {
    atSeconds: 0,
    ...(pressure && { pressure }),
    ...(ofCgroup && { cgroup: { ...cgroup, pressure: ofCgroup } }),
    collectors: [],
  };
}

describe('memory_pressure', () => {
  it('fails when all work waited for more than a tenth of a minute', () => {
    assert.equal(memoryPressure({ host: host(full(10)), thresholds }).outcome, 'healthy');
    assert.deepEqual(memoryPressure({ host: host(full(10.1)), thresholds }), {
      key: 'memory_pressure',
      outcome: 'breach',
      type: 'pressure',
      severity: 'warning',
      title: 'Memory pressure',
      message: 'Memory pressure: all work on the host waited for memory 10.1% of the last minute',
    });
  });

  it('is high before systemd-oomd would kill', () => {
    const severities = [25, 25.1, 50, 50.1].map((percent) => {
      const seen = memoryPressure({ host: host(full(percent)), thresholds });
      return seen.outcome === 'breach' && seen.severity;
    });
    assert.deepEqual(severities, ['warning', 'medium', 'medium', 'high']);
  });

  it('takes the worse of host and cgroup, and says which', () => {
    const seen = memoryPressure({ host: host(full(0), full(30)), thresholds });
    assert.ok(seen.outcome === 'breach');
    assert.match(seen.message, /all work in \/app waited/);
  });

  it('is unknown where the kernel measures no pressure', () => {
    assert.equal(memoryPressure({ host: host(), thresholds }).outcome, 'unknown');
    assert.equal(memoryPressure({ thresholds }).outcome, 'unknown');
  });
});
