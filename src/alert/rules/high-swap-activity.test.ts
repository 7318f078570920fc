import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HostSample } from '../../model/index.ts';
import { GIB, MIB } from '../../units/index.ts';
import { countersOf } from '../counters.ts';
import { highSwapActivity } from './high-swap-activity.ts';

const thresholds = { memoryPercent: 85, processRssBytes: GIB };

function host(atSeconds: number, inMib: number, outMib: number): HostSample {
  const paging = { swappedInBytes: inMib * MIB, swappedOutBytes: outMib * MIB };
  return { atSeconds, paging, collectors: [] };
}

function between(before: HostSample, now: HostSample) {
  return highSwapActivity({ host: now, previousCounters: countersOf(before), thresholds });
}

describe('high_swap_activity', () => {
  it('fails when more than 4 MiB a second move, in and out together', () => {
    assert.equal(between(host(0, 1000, 1000), host(60, 1120, 1120)).outcome, 'healthy');
    assert.deepEqual(between(host(0, 1000, 1000), host(60, 1180, 1120)), {
      key: 'high_swap_activity',
      outcome: 'breach',
      type: 'swap',
      severity: 'warning',
      title: 'High swap activity',
      message: 'High swap activity: 3.00 MiB/s in, 2.00 MiB/s out over 1 min',
    });
  });

  it('rises in severity by factors of four', () => {
    const severities = [16, 17, 64, 65].map((rate) => {
      const seen = between(host(0, 0, 0), host(10, rate * 10, 0));
      return seen.outcome === 'breach' && seen.severity;
    });
    assert.deepEqual(severities, ['warning', 'medium', 'medium', 'high']);
  });

  it('cares nothing for how full the swap is', () => {
    const full = { totalBytes: GIB, usedBytes: GIB, freeBytes: 0, percent: 100 };
    assert.equal(between(host(0, 5, 5), { ...host(60, 5, 5), swap: full }).outcome, 'healthy');
  });

  it('is unknown without two readings that can be compared', () => {
    assert.equal(highSwapActivity({ host: host(60, 1, 1), thresholds }).outcome, 'unknown');
    assert.equal(between({ atSeconds: 0, collectors: [] }, host(60, 1, 1)).outcome, 'unknown');
    assert.equal(between(host(0, 1, 1), { atSeconds: 60, collectors: [] }).outcome, 'unknown');
    assert.equal(between(host(60, 1, 1), host(60, 9999, 1)).outcome, 'unknown', 'no time passed');
    assert.equal(between(host(60, 1, 1), host(0, 9999, 1)).outcome, 'unknown', 'the clock jumped back');
    assert.equal(between(host(0, 500, 500), host(60, 1, 1)).outcome, 'unknown', 'another boot');
  });
});
