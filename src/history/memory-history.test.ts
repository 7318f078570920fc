import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NOON, processSample, recordAt } from '../../test/history/records.ts';
import { createMemoryHistory } from './memory-history.ts';

const ALL = { fromSeconds: NOON, toSeconds: NOON + 86_400, maxPoints: 10_000 };
const WORKER = { pid: 7, startTicks: 70 };

describe('a history in memory', () => {
  it('says so', () => {
    assert.deepEqual(createMemoryHistory().state(), { kind: 'memory' });
  });

  it('answers nothing to anything while it is empty', () => {
    const history = createMemoryHistory();
    assert.deepEqual(history.hostSeries('memory_used', ALL), { resolution: 'sample', points: [] });
    assert.deepEqual(history.processSeries(WORKER, 'rss', ALL).points, []);
    assert.deepEqual(history.knownProcesses(ALL), []);
    assert.deepEqual(history.incidents(0), []);
  });

  it('tells what was recorded', () => {
    const history = createMemoryHistory();
    history.record(recordAt(NOON + 0.5, [processSample({ ...WORKER, rssBytes: 4096, cpuPercent: 12.5 })]));
    const at = { atSeconds: NOON + 0.5, count: 1 };
    assert.deepEqual(history.processSeries(WORKER, 'rss', ALL).points, [
      { ...at, min: 4096, max: 4096, mean: 4096, last: 4096 },
    ]);
    assert.deepEqual(history.processSeries(WORKER, 'cpu_percent', ALL).points, [
      { ...at, min: 12.5, max: 12.5, mean: 12.5, last: 12.5 },
    ]);
    assert.equal(history.hostSeries('memory_percent', ALL).points[0]?.last, 50);
  });

  it('tells a reused pid from the process that had it before', () => {
    const history = createMemoryHistory();
    const heir = { pid: WORKER.pid, startTicks: 71 };
    history.record(recordAt(NOON, [processSample({ ...WORKER, rssBytes: 1024 })]));
    history.record(recordAt(NOON + 10, [processSample({ ...heir, rssBytes: 2048 })]));
    assert.deepEqual(
      [WORKER, heir].map((id) => history.processSeries(id, 'rss', ALL).points.map(({ last }) => last)),
      [[1024], [2048]],
    );
  });

  it('keeps the newest samples, and the processes they speak of', () => {
    const history = createMemoryHistory({ maxSamples: 3 });
    history.record(recordAt(NOON, [processSample(WORKER)]));
    for (let tick = 1; tick <= 5; tick += 1)
      history.record(recordAt(NOON + tick, [processSample({ pid: 8 })]));
    assert.deepEqual(
      history.hostSeries('memory_used', ALL).points.map(({ atSeconds }) => atSeconds - NOON),
      [3, 4, 5],
    );
    assert.deepEqual(
      history.knownProcesses(ALL).map(({ pid }) => pid),
      [8],
    );
  });

  it('keeps what came last, not what claims to be newest, when the clock is set back', () => {
    const history = createMemoryHistory({ maxSamples: 2 });
    for (const atSeconds of [NOON + 5000, NOON + 5010, NOON, NOON + 10]) history.record(recordAt(atSeconds));
    assert.deepEqual(
      history.hostSeries('memory_used', ALL).points.map(({ atSeconds }) => atSeconds - NOON),
      [0, 10],
    );
  });

  it('stays within its bytes', () => {
    const processes = Array.from({ length: 50 }, (_, pid) => processSample({ pid }));
    const history = createMemoryHistory({ maxBytes: 10_000 });
    for (let tick = 0; tick < 200; tick += 1) history.record(recordAt(NOON + tick, processes));
    const { length } = history.hostSeries('memory_used', ALL).points;
    // 50 processes of 5 to 7 bytes and a host of some 30.
    assert.ok(length >= 10_000 / 450 && length <= 10_000 / 250, `${length} samples kept`);
  });

  it('unsets a setting that is set to undefined', () => {
    const history = createMemoryHistory();
    history.saveSettings({ memoryThreshold: 70, sampleInterval: 5 });
    history.saveSettings({ memoryThreshold: undefined });
    assert.deepEqual(history.settings(), { sampleInterval: 5 });
  });
});
