import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createManualClock } from '../../test/manual-clock.ts';
import type { CollectorReport, HostSample } from '../model/index.ts';
import { createHostReader } from './host.ts';

const HOSTS = join(import.meta.dirname, '../../fixtures/hosts');

function sampleOf(host: string): HostSample {
  const root = join(HOSTS, host);
  const clock = createManualClock();
  return createHostReader({
    procRoot: join(root, 'proc'),
    cgroupRoot: join(root, 'sys/fs/cgroup'),
    clock,
  }).sample();
}

const outcomes = (reports: readonly CollectorReport[]): Record<string, string> =>
  Object.fromEntries(reports.map(({ collector, outcome }) => [collector, outcome]));

describe('host reader', () => {
  it('reads a host whole', () => {
    const sample = sampleOf('container-v2');
    assert.equal(sample.atSeconds, 1_700_000_000);
    assert.equal(sample.memory?.percent, 63);
    assert.equal(sample.swap?.percent, 63);
    assert.equal(sample.swap?.swappedInBytes, 812_334 * 4096);
    assert.equal(sample.paging?.oomKills, 2);
    assert.equal(sample.pressure?.full?.avg10Percent, 2.1);
    assert.deepEqual(sample.cpu, { logicalCount: 4, loadAverage: [3.12, 2.48, 2.01] });
    assert.equal(sample.cgroup?.pressure?.some?.avg10Percent, 11.9);
    assert.deepEqual(outcomes(sample.collectors), {
      memory: 'ok',
      paging: 'ok',
      pressure: 'ok',
      cpu: 'ok',
      load: 'ok',
      cgroup: 'ok',
    });
  });

  it('has nothing of what an old kernel does not tell, and calls that no failure', () => {
    const sample = sampleOf('linux-2.6.32');
    assert.deepEqual(Object.keys(sample).sort(), [
      'atSeconds',
      'collectors',
      'cpu',
      'memory',
      'paging',
      'swap',
    ]);
    assert.deepEqual(outcomes(sample.collectors), {
      memory: 'ok',
      paging: 'ok',
      pressure: 'absent',
      cpu: 'ok',
      load: 'ok',
      cgroup: 'absent',
    });
  });

  it('reads a host without swap', () => {
    const { swap } = sampleOf('no-swap');
    assert.deepEqual(swap, {
      totalBytes: 0,
      usedBytes: 0,
      freeBytes: 0,
      percent: 0,
      swappedInBytes: 0,
      swappedOutBytes: 0,
    });
  });

  it('loses only what makes no sense, and says why', () => {
    const { memory, swap, cpu, cgroup, collectors } = sampleOf('contradictory');
    assert.equal(memory?.availableBytes, memory?.freeBytes);
    assert.equal(memory?.percent, 50);
    assert.deepEqual(Object.keys(swap ?? {}).sort(), ['freeBytes', 'percent', 'totalBytes', 'usedBytes']);
    assert.deepEqual(cpu, { logicalCount: 1 });
    assert.equal(cgroup?.usageBytes, 209_715_200);
    assert.deepEqual(
      collectors.map((report) => (report.outcome === 'failed' ? report.reason : report.outcome)),
      [
        'ok',
        'vmstat: not a counter: "pswpin many"',
        'pressure: not pressure: "some avg10=NaN avg60=0.00 avg300=0.00 total="',
        'ok',
        'loadavg: not a load average: "busy\\n"',
        'memory.peak: not a number: "unknown\\n"; memory.events: not a counter: "high"',
      ],
    );
  });

  it('finds nothing where nothing is', () => {
    const { collectors, ...fields } = sampleOf('no-such-host');
    assert.deepEqual(fields, { atSeconds: 1_700_000_000 });
    assert.ok(collectors.every(({ outcome }) => outcome === 'absent'));
  });

  it('measures the processors between two samples', () => {
    const procRoot = mkdtempSync(join(tmpdir(), 'plimsoll-host-'));
    try {
      cpSync(join(HOSTS, 'contradictory/proc'), procRoot, { recursive: true });
      const reader = createHostReader({ procRoot, cgroupRoot: '/nonexistent', clock: createManualClock() });
      assert.equal(reader.sample().cpu?.percent, undefined);
      writeFileSync(join(procRoot, 'stat'), 'cpu  180 0 120 900 0 0 0 0 0 0\n');
      assert.equal(reader.sample().cpu?.percent, 50);
      reader.close();
      assert.equal(reader.sample().cpu?.percent, undefined);
    } finally {
      rmSync(procRoot, { recursive: true });
    }
  });

  it('reads a host that changes under it', () => {
    const procRoot = mkdtempSync(join(tmpdir(), 'plimsoll-host-'));
    try {
      const reader = createHostReader({ procRoot, cgroupRoot: '/nonexistent', clock: createManualClock() });
      for (const availableKib of [800, 300]) {
        writeFileSync(
          join(procRoot, 'meminfo'),
          `MemTotal: 1000 kB\nMemFree: 10 kB\nMemAvailable: ${availableKib} kB\n`,
        );
        assert.equal(reader.sample().memory?.availableBytes, availableKib * 1024);
      }
      rmSync(join(procRoot, 'meminfo'));
      assert.equal(reader.sample().memory, undefined);
    } finally {
      rmSync(procRoot, { recursive: true });
    }
  });
});
