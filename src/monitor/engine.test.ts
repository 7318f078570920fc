import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createManualClock, type ManualClock } from '../../test/manual-clock.ts';
import { createMemoryHistory, type History, type HistoryState } from '../history/index.ts';
import type { HostSample, Incident, ProcessSample } from '../model/index.ts';
import { GIB, MIB } from '../units/index.ts';
import { startEngine } from './engine.ts';
import type { Monitor } from './monitor.ts';
import type { EngineParts } from './parts.ts';

const TOTAL = 10 * GIB;

function hostSample(clock: ManualClock, percent: number): HostSample {
  const availableBytes = TOTAL * (1 - percent / 100);
  return {
    atSeconds: clock.wallSeconds(),
    memory: {
      totalBytes: TOTAL,
      availableBytes,
      usedBytes: TOTAL - availableBytes,
      freeBytes: availableBytes,
      percent,
    },
    swap: { totalBytes: 0, usedBytes: 0, freeBytes: 0, percent: 0 },
    collectors: [{ collector: 'memory', outcome: 'ok', durationSeconds: 0.001 }],
  };
}

function processSample(pid: number, rssBytes: number): ProcessSample {
  return {
    pid,
    startTicks: pid,
    parentPid: 1,
    name: `process-${pid}`,
    command: '',
    state: 'S',
    startedAtSeconds: 0,
    rssBytes,
    vmsBytes: 2 * rssBytes,
    cpuSeconds: 1,
    threads: 1,
    memoryPercent: (rssBytes / TOTAL) * 100,
  };
}

interface Bench {
  readonly monitor: Monitor;
  readonly clock: ManualClock;
  readonly log: { level: string; event: string }[];
  /** What the next samples read. */
  readonly world: { percent: number; broken?: Error; slowSeconds?: number; processes: ProcessSample[] };
}

function bench(environment: Record<string, string> = {}, history: History = createMemoryHistory()): Bench {
  const clock = createManualClock();
  const world: Bench['world'] = { percent: 50, processes: [] };
  const log: Bench['log'] = [];
  const parts: EngineParts = {
    clock,
    log: (level, event) => void log.push({ level, event }),
    host: {
      sample: () => {
        if (world.broken) throw world.broken;
        if (world.slowSeconds) void clock.advance(world.slowSeconds);
        return hostSample(clock, world.percent);
      },
      close: () => {},
    },
    processes: {
      scan: () => ({
        atSeconds: clock.wallSeconds(),
        durationSeconds: 0.001,
        processes: world.processes,
        vanished: 0,
        denied: 0,
        malformed: 0,
      }),
      close: () => {},
    },
    heap: { read: async () => undefined },
    self: { cpuSeconds: () => clock.monotonicSeconds() / 1000, memoryBytes: () => 50 * MIB },
    history,
    memoryMap: () => undefined,
  };
  return {
    monitor: startEngine({ parts, mode: 'agent', version: '0.0.0', layers: { environment } }),
    clock,
    log,
    world,
  };
}

const firing = (monitor: Monitor): readonly Incident[] =>
  monitor
    .incidents(24)
    .map(({ incident }) => incident)
    .filter(({ state }) => state === 'firing');

describe('the engine', () => {
  it('samples at once and then at the interval, and keeps what it saw', async () => {
    const { monitor, clock, world } = bench();
    assert.equal(monitor.latest(), undefined);
    assert.equal(monitor.memoryUsage(), undefined);
    world.processes = [processSample(7, 200 * MIB), processSample(8, 20 * MIB)];
    await clock.advance(1);
    world.percent = 60;
    await clock.advance(10);
    assert.equal(monitor.latest()?.host.memory?.percent, 60);
    assert.deepEqual(
      monitor.memoryUsage()?.topProcesses.map(({ pid }) => pid),
      [7],
      'strictly above 1 % of memory',
    );
    const { points } = monitor.hostSeries('memory_percent', {
      fromSeconds: clock.wallSeconds() - 60,
      toSeconds: clock.wallSeconds() + 1,
    });
    assert.deepEqual([points.at(0)?.last, points.at(-1)?.last], [50, 60]);
    await monitor.stop();
  });

  it('counts scheduled checks alone towards consecutive failures', async () => {
    const { monitor, clock, world } = bench();
    await clock.advance(1);
    world.percent = 91;
    // Past the time in which a check would make do with the sample there is.
    await clock.advance(2);
    for (let i = 0; i < 10; i += 1) {
      const check = await monitor.checkHealth();
      assert.deepEqual([check.status, check.alerts[0]?.transient], ['warning', true]);
    }
    await clock.advance(60);
    await clock.advance(60);
    assert.deepEqual(firing(monitor), []);
    await clock.advance(60);
    assert.deepEqual(
      firing(monitor).map(({ key, severity }) => [key, severity]),
      [['high_memory', 'medium']],
    );
    world.percent = 50;
    await clock.advance(60);
    assert.deepEqual(firing(monitor), []);
    await monitor.stop();
  });

  it('answers that it is disabled when it is', async () => {
    const { monitor, clock, world } = bench({ ALERTING_ENABLED: 'false' });
    world.percent = 99;
    await clock.advance(600);
    assert.equal((await monitor.checkHealth()).status, 'disabled');
    assert.deepEqual(monitor.incidents(24), []);
    assert.ok(monitor.latest(), 'it samples all the same');
    await monitor.stop();
  });

  it('goes on after a sample that failed, says it once, and raises it when it lasts', async () => {
    const { monitor, clock, world, log } = bench();
    await clock.advance(1);
    world.broken = new Error('the source is gone');
    await clock.advance(2);
    const check = await monitor.checkHealth();
    assert.deepEqual([check.status, check.error], ['error', 'the source is gone']);
    await clock.advance(200);
    assert.deepEqual(
      firing(monitor).map(({ key }) => key),
      ['monitoring_failure'],
    );
    assert.equal(log.filter(({ event }) => event === 'sample failed').length, 1);
    assert.ok(monitor.status().self.droppedSamplesTotal > 10);
    delete world.broken;
    await clock.advance(120);
    assert.deepEqual(firing(monitor), []);
    assert.equal((await monitor.checkHealth()).status, 'healthy');
    await monitor.stop();
  });

  it('raises a check that takes too long', async () => {
    const { monitor, clock, world } = bench({
      MONITORING_MAX_RUNTIME: '5',
      MONITORING_CONSECUTIVE_FAILURES: '1',
    });
    world.slowSeconds = 6;
    await clock.advance(1);
    await clock.advance(100);
    assert.ok(firing(monitor).some(({ key }) => key === 'monitoring_timeout'));
    await clock.advance(7);
    assert.match((await monitor.checkHealth()).error ?? '', /more than 5 s/);
    delete world.slowSeconds;
    await monitor.stop();
  });

  it('raises a store that degraded, once, until it recovers', async () => {
    let state: HistoryState = { kind: 'memory' };
    const memory = createMemoryHistory();
    const history = new Proxy<History>(memory, {
      get: (target, name) => {
        if (name === 'state') return () => state;
        const member = Reflect.get(target, name);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
    const { monitor, clock } = bench({ MONITORING_DEDUP_WINDOW: '86400' }, history);
    await clock.advance(1);
    state = { kind: 'degraded', path: '/data', reason: 'disk full', sinceSeconds: clock.wallSeconds() };
    await clock.advance(1200);
    const [incident] = monitor.incidents(24);
    assert.match(incident?.incident.message ?? '', /disk full/);
    assert.equal(incident?.deliveries.filter(({ channel }) => channel === 'log').length, 1, 'notified once');
    state = { kind: 'memory' };
    await clock.advance(60);
    assert.deepEqual(firing(monitor), []);
    await monitor.stop();
  });

  it('tells nobody of what is silenced, and of the end only those who heard', async () => {
    const { monitor, clock, world } = bench({ MONITORING_DEDUP_WINDOW: '0' });
    const told = () =>
      monitor
        .incidents(24)
        .flatMap(({ deliveries }) => deliveries.map(({ notificationId }) => notificationId));
    monitor.silence('high_memory', 1000);
    world.percent = 91;
    await clock.advance(400);
    assert.equal(firing(monitor).length, 1, 'it fires all the same');
    world.percent = 50;
    await clock.advance(100);
    assert.deepEqual(told(), [], 'and nobody heard of it');
    monitor.silence('high_memory', 0);
    world.percent = 91;
    await clock.advance(400);
    assert.ok(told().length > 0);
    await monitor.stop();
  });

  it('takes up where it was after a restart', async () => {
    const history = createMemoryHistory();
    const first = bench({}, history);
    first.world.percent = 97;
    await first.clock.advance(200);
    const [before] = firing(first.monitor);
    assert.ok(before);
    await first.monitor.stop();
    const second = bench({}, history);
    second.clock.jump(210);
    second.world.percent = 97;
    await second.clock.advance(1);
    assert.deepEqual(
      (await second.monitor.checkHealth()).alerts.map(({ transient }) => transient),
      [undefined],
    );
    assert.equal(firing(second.monitor)[0]?.id, before.id);
    await second.monitor.stop();
  });

  it('changes its pace while it runs, and keeps the change', async () => {
    const history = createMemoryHistory();
    const { monitor, clock } = bench({}, history);
    await clock.advance(5);
    const before = monitor.status().self.samplesTotal;
    assert.equal(monitor.changeSettings({ sampleInterval: 1, memoryThreshold: 101 }).ok, false);
    assert.equal(monitor.settings().sampleInterval, 10, 'all or nothing');
    assert.equal(monitor.changeSettings({ sampleInterval: 1 }).ok, true);
    await clock.advance(20);
    assert.ok(monitor.status().self.samplesTotal - before >= 20);
    assert.deepEqual(history.settings(), { sampleInterval: 1 });
    await monitor.stop();
  });

  it('keeps no place for a listener that throws', async () => {
    const { monitor, clock } = bench();
    const seen: string[] = [];
    let thrown = 0;
    monitor.subscribe(() => {
      thrown += 1;
      throw new Error('listener');
    });
    const end = monitor.subscribe(({ type }) => void seen.push(type));
    await clock.advance(25);
    end();
    const count = seen.length;
    await clock.advance(25);
    assert.equal(thrown, 1);
    assert.ok(count >= 3 && seen.length === count);
    await monitor.stop();
  });

  it('shows in /metrics what is so, and nothing of what is gone', async () => {
    const { monitor, clock, world } = bench({ MONITORING_METRICS_PREFIX: 'x_' });
    world.processes = [processSample(7, 200 * MIB)];
    world.percent = 96;
    await clock.advance(200);
    // Its message changes while it fires, which is no new alert.
    world.percent = 97;
    await clock.advance(60);
    const text = (await monitor.metricsText(undefined)).body;
    assert.match(text, /^x_memory_usage_percent\{type="virtual"\} 97$/m);
    assert.match(text, /^x_active_alerts\{severity="high"\} 1$/m);
    assert.match(text, /^x_alerts_total\{type="memory",severity="high"\} 1$/m);
    assert.match(text, /^x_process_trend_rss_mb\{pid="7",name="process-7"\} 200$/m);
    world.processes = [];
    await clock.advance(10);
    assert.doesNotMatch((await monitor.metricsText(undefined)).body, /pid="7"/);
    await monitor.stop();
  });
});
