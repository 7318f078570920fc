import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createManualClock } from '../../test/manual-clock.ts';
import type { ProcessSample, Verdict, WorkerThreadSample } from '../model/index.ts';
import { GIB, MIB } from '../units/index.ts';
import { createLeakWatching, HOST, processSubject } from './leak-watching.ts';
import type { Latest } from './monitor.ts';

const OWN = 7;

function processSample(pid: number, startTicks: number, rssBytes: number): ProcessSample {
  return {
    pid,
    startTicks,
    parentPid: 1,
    name: 'shop',
    command: '',
    state: 'S',
    startedAtSeconds: 0,
    rssBytes,
    vmsBytes: 0,
    cpuSeconds: 0,
    threads: 1,
    memoryPercent: 0,
  };
}

function latest(atSeconds: number, floorBytes: number): Latest {
  const memory = {
    totalBytes: 8 * GIB,
    availableBytes: 4 * GIB,
    usedBytes: 4 * GIB,
    freeBytes: 4 * GIB,
    percent: 50,
  };
  const none = { count: 0, seconds: 0 };
  const heap = {
    atSeconds,
    usedBytes: floorBytes + 20 * MIB,
    totalBytes: floorBytes + 40 * MIB,
    limitBytes: 4 * GIB,
    externalBytes: 10 * MIB,
    arrayBuffersBytes: MIB,
    floorBytes,
    floorAtSeconds: atSeconds,
    gc: { minor: none, major: none, incremental: none, weakcb: none },
    ageSeconds: 0,
  };
  return {
    host: { atSeconds, memory, collectors: [] },
    own: { atSeconds, pid: OWN, rssBytes: floorBytes + 80 * MIB, cpuSeconds: 1, heap },
    processes: [],
  };
}

describe('watching for leaks', () => {
  it('finds the process that leaks and its part, and not those that do not', async () => {
    const clock = createManualClock();
    const changes: Verdict[] = [];
    const watching = createLeakWatching({
      clock,
      ownPid: OWN,
      onChange: (verdict) => void changes.push(verdict),
    });
    for (let sample = 0; sample < 1500; sample += 1) {
      await clock.advance(10);
      const noise = MIB * Math.sin(sample * 1.7);
      const floorBytes = 60 * MIB + sample * 0.1 * MIB + noise;
      const own = processSample(OWN, 1, floorBytes + 80 * MIB);
      const steady = processSample(8, 1, 200 * MIB + noise);
      watching.observe(latest(clock.wallSeconds(), floorBytes), [own, steady]);
      // The wall clock is set now and then; a slope must not see it.
      if (sample % 300 === 299) clock.jump(sample % 200 === 99 ? 3600 : -7200);
      if (sample % 6 === 5) watching.judge();
    }
    const own = watching.verdictOn(processSubject(OWN));
    assert.deepEqual([own?.kind, own?.part], ['leaking', 'heap']);
    const perHour = ((own?.growthBytesPerSecond ?? 0) * 3600) / MIB;
    assert.ok(perHour > 30 && perHour < 42, `${perHour} MiB/h of 36`);
    assert.notEqual(watching.verdictOn(processSubject(8))?.kind, 'leaking');
    assert.notEqual(watching.verdictOn(HOST)?.kind, 'leaking');
    assert.ok(changes.some(({ subject, kind }) => subject === processSubject(OWN) && kind === 'leaking'));
    assert.ok(
      watching.settled().some(({ subject, kind }) => subject === processSubject(OWN) && kind === 'leaking'),
    );
    assert.equal(watching.nameOf(processSubject(OWN)), 'shop[7]');
    assert.equal(watching.nameOf(HOST), 'host');
  });

  it('finds the worker thread that leaks, as a part of the process and by itself, and not the others', async () => {
    const clock = createManualClock();
    const watching = createLeakWatching({ clock, ownPid: OWN, onChange: () => {} });
    const threadOf = (threadId: number, name: string, floorBytes: number): WorkerThreadSample => ({
      threadId,
      name,
      heap: {
        atSeconds: 0,
        ageSeconds: 0,
        usedBytes: floorBytes + 20 * MIB,
        totalBytes: floorBytes + 30 * MIB,
        floorBytes,
        externalBytes: MIB,
        limitBytes: GIB,
      },
      sampling: { kind: 'sampled' },
    });
    const withThreads = (threads: readonly WorkerThreadSample[], rssBytes: number): Latest => {
      const seen = latest(clock.wallSeconds(), 60 * MIB);
      const workers = { threads, notShown: 0, outOfMemory: [], outOfMemoryTotal: 0 };
      return { ...seen, own: { ...seen.own, rssBytes, workers } };
    };
    for (let sample = 0; sample < 1500; sample += 1) {
      await clock.advance(10);
      const noise = MIB * Math.sin(sample * 1.7);
      const leaking = threadOf(3, 'resize', 20 * MIB + sample * 0.1 * MIB + noise);
      const steady = threadOf(4, 'mail', 20 * MIB + noise);
      watching.observe(withThreads([leaking, steady], 260 * MIB + sample * 0.1 * MIB + noise), []);
      if (sample % 6 === 5) watching.judge();
    }
    const [resize, own] = [watching.verdictOn('worker:3'), watching.verdictOn(processSubject(OWN))];
    assert.deepEqual(
      [resize?.kind, resize?.part, own?.kind, own?.part],
      ['leaking', 'heap', 'leaking', 'heap'],
    );
    assert.ok((resize?.timeToLimitSeconds ?? 0) > 3600, 'against the limit of its own heap');
    assert.notEqual(watching.verdictOn('worker:4')?.kind, 'leaking');
    assert.equal(watching.nameOf('worker:3'), 'worker resize #3');
    watching.observe(withThreads([], 200 * MIB), []);
    assert.equal(watching.verdictOn('worker:3'), undefined);
  });

  it('tells people of a leak only when it has been said for a while', async () => {
    const clock = createManualClock();
    const watching = createLeakWatching({ clock, ownPid: OWN, onChange: () => {} });
    const leaks = (verdicts: readonly Verdict[]) => verdicts.some(({ kind }) => kind === 'leaking');
    let saidAt: number | undefined;
    let settledAt: number | undefined;
    for (let sample = 0; sample < 1500 && settledAt === undefined; sample += 1) {
      await clock.advance(10);
      watching.observe(latest(clock.wallSeconds(), 60 * MIB + sample * 0.1 * MIB), []);
      if (leaks(watching.judge())) saidAt ??= sample;
      if (leaks(watching.settled())) settledAt = sample;
    }
    assert.ok(saidAt !== undefined && settledAt !== undefined, `said at ${saidAt}, settled at ${settledAt}`);
    assert.ok(settledAt - saidAt >= 0.1 * saidAt, `said at ${saidAt}, settled at ${settledAt}`);
  });

  it('forgets a process that is gone, and tells apart two under one pid', async () => {
    const clock = createManualClock();
    const watching = createLeakWatching({ clock, ownPid: OWN, onChange: () => {} });
    const observe = (...processes: ProcessSample[]) =>
      watching.observe(latest(clock.wallSeconds(), MIB), processes);
    observe(processSample(8, 1, MIB));
    assert.ok(watching.verdictOn(processSubject(8)));
    await clock.advance(10);
    observe();
    assert.equal(watching.verdictOn(processSubject(8)), undefined);
    await clock.advance(10);
    observe(processSample(8, 2, MIB));
    assert.equal(watching.verdictOn(processSubject(8))?.kind, 'not-enough-data');
  });
});
