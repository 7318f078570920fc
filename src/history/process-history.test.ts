import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRandom } from '../../bench/leak/random.ts';
import { NOON, processSample } from '../../test/history/records.ts';
import type { ProcessSample, ProcessTableScan } from '../model/index.ts';
import { MIB } from '../units/index.ts';
import { createProcessHistory, type ProcessHistory } from './process-history.ts';

const OWN_PID = 999;

function scanAt(atSeconds: number, processes: readonly ProcessSample[]): ProcessTableScan {
  return { atSeconds, durationSeconds: 0, processes, vanished: 0, denied: 0, malformed: 0 };
}

function sized(pid: number, rssMib: number, cpuPercent = 0): ProcessSample {
  return processSample({ pid, rssBytes: rssMib * MIB, cpuPercent });
}

function historyOf(options: Partial<Parameters<typeof createProcessHistory>[0]> = {}): ProcessHistory {
  return createProcessHistory({ size: 100, maxTracked: 5, ownPid: OWN_PID, ...options });
}

const pids = (samples: readonly ProcessSample[]) => samples.map(({ pid }) => pid).sort((a, b) => a - b);

describe('process history', () => {
  it('tells the figures of each tracked process over its points', () => {
    const history = historyOf({ size: 3 });
    for (const [index, rss] of [100, 400, 200, 300].entries())
      history.record(scanAt(NOON + index * 10, [sized(1, rss, rss / 10)]));
    const [trend] = history.trends();
    assert.deepEqual(trend, {
      pid: 1,
      startTicks: 1000,
      name: 'node',
      sampleCount: 3,
      cpuAverage: 30,
      cpuMax: 40,
      cpuMin: 20,
      rssAverageBytes: 300 * MIB,
      rssMaxBytes: 400 * MIB,
      rssMinBytes: 200 * MIB,
      firstSeenSeconds: NOON + 10,
      lastSeenSeconds: NOON + 30,
      history: [
        { atSeconds: NOON + 10, rssBytes: 400 * MIB, cpuPercent: 40 },
        { atSeconds: NOON + 20, rssBytes: 200 * MIB, cpuPercent: 20 },
        { atSeconds: NOON + 30, rssBytes: 300 * MIB, cpuPercent: 30 },
      ],
    });
  });

  it('takes CPU since the start where there is none since the previous scan', () => {
    const history = historyOf();
    const { cpuPercent: _, ...first } = processSample({ startedAtSeconds: NOON - 100, cpuSeconds: 25 });
    history.record(scanAt(NOON, [first]));
    assert.equal(history.trends()[0]?.history[0]?.cpuPercent, 25);
    history.record(scanAt(NOON - 1000, [{ ...first, pid: 43 }]));
    assert.equal(history.trends()[0]?.history[0]?.cpuPercent, 0);
  });

  it('tracks the largest, our own among them, and no more than it may', () => {
    const history = historyOf();
    const scan = [
      ...Array.from({ length: 20 }, (_, index) => sized(index + 1, (index + 1) * 10)),
      sized(OWN_PID, 1),
    ];
    assert.deepEqual(pids(history.record(scanAt(NOON, scan))), [17, 18, 19, 20, OWN_PID]);
    assert.equal(history.trends().length, 5);
    assert.deepEqual(pids(historyOf({ maxTracked: 1 }).record(scanAt(NOON, scan))), [OWN_PID]);
  });

  it('tracks one that grows and one that works, small as they are', () => {
    const history = historyOf({ maxTracked: 8 });
    const large = Array.from({ length: 20 }, (_, index) => sized(index + 1, 1000 + index));
    for (let tick = 0; tick < 30; tick += 1)
      history.record(scanAt(NOON + tick * 10, [...large, sized(100, 20 + tick), sized(101, 20, 80)]));
    const tracked = pids(history.record(scanAt(NOON + 300, [...large, sized(100, 50), sized(101, 20, 80)])));
    assert.deepEqual(tracked, [15, 16, 17, 18, 19, 20, 100, 101]);
  });

  it('lets go of one that is gone, with its past', () => {
    const history = historyOf();
    history.record(scanAt(NOON, [sized(1, 10), sized(2, 20)]));
    history.record(scanAt(NOON + 10, [sized(2, 20)]));
    assert.deepEqual(
      history.trends().map(({ pid }) => pid),
      [2],
    );
    history.record(scanAt(NOON + 20, [sized(1, 10), sized(2, 20)]));
    assert.equal(history.trends().find(({ pid }) => pid === 1)?.sampleCount, 1);
  });

  it('never mixes two processes that had the same pid', () => {
    const history = historyOf();
    history.record(scanAt(NOON, [processSample({ startTicks: 1, name: 'first', rssBytes: MIB })]));
    history.record(scanAt(NOON + 10, [processSample({ startTicks: 2, name: 'second', rssBytes: 2 * MIB })]));
    const [trend, ...others] = history.trends();
    assert.deepEqual([trend?.name, trend?.sampleCount, trend?.rssMinBytes], ['second', 1, 2 * MIB]);
    assert.deepEqual(others, []);
  });

  it('does not let two that are level take turns', () => {
    const history = historyOf({ maxTracked: 4 });
    const random = createRandom(3);
    const noisy = () =>
      Array.from({ length: 20 }, (_, pid) =>
        sized(pid + 1, 500 * random.between(0.95, 1.05), random.between(0, 5)),
      );
    const seen = new Set<string>();
    for (let tick = 0; tick < 200; tick += 1)
      seen.add(pids(history.record(scanAt(NOON + tick * 10, noisy()))).join());
    // The places for growth and work are given by averages of noise, which may change their minds now and then.
    assert.ok(seen.size <= 20, `${seen.size} different choices in 200 scans`);
  });

  it('lets a process take a place that it is clearly ahead for', () => {
    const history = historyOf({ maxTracked: 1, ownPid: -1 });
    assert.deepEqual(pids(history.record(scanAt(NOON, [sized(1, 100), sized(2, 90)]))), [1]);
    assert.deepEqual(pids(history.record(scanAt(NOON + 10, [sized(1, 100), sized(2, 149)]))), [1]);
    assert.deepEqual(pids(history.record(scanAt(NOON + 20, [sized(1, 100), sized(2, 151)]))), [2]);
  });

  it('goes on when the clock jumps back and forth', () => {
    const history = historyOf();
    for (const offset of [0, 86_400 * 365, -86_400, 10, 10])
      history.record(scanAt(NOON + offset, [sized(1, 100), sized(2, 50)]));
    const trend = history.trends().find(({ pid }) => pid === 1);
    assert.equal(trend?.sampleCount, 4);
    assert.deepEqual([trend?.firstSeenSeconds, trend?.lastSeenSeconds], [NOON - 86_400, NOON + 86_400 * 365]);
    assert.equal(trend?.rssAverageBytes, 100 * MIB);
  });

  it('answers for an empty table', () => {
    const history = historyOf();
    assert.deepEqual(history.record(scanAt(NOON, [])), []);
    assert.deepEqual(history.trends(), []);
  });
});
