import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import {
  closedIncident,
  delivery,
  incident,
  NOON,
  openHistory,
  processSample,
  recordAt,
  temporaryFolder,
  temporaryStore,
} from '../../../test/history/records.ts';
import { MIB } from '../../units/index.ts';
import type { History, Resolution } from '../history.ts';

const DAY_SECONDS = 86_400;
const ID = { pid: 42, startTicks: 1000 };

/** One sample each `stepSeconds`, with upkeep; RSS counts the samples. */
function recordSpan(history: History, fromSeconds: number, toSeconds: number, stepSeconds: number): void {
  for (let atSeconds = fromSeconds; atSeconds < toSeconds; atSeconds += stepSeconds) {
    const sequence = Math.round((atSeconds - fromSeconds) / stepSeconds);
    history.record(recordAt(atSeconds, [processSample({ rssBytes: sequence * 4096 })]));
    history.maintain(atSeconds);
  }
}

/** The resolution that answers for a minute long ago, and how many samples it knows of then. */
function keptAt(history: History, atSeconds: number, spanSeconds = 60): readonly [Resolution, number] {
  const range = { fromSeconds: atSeconds, toSeconds: atSeconds + spanSeconds - 0.001 };
  const { resolution, points } = history.processSeries(ID, 'rss', range);
  return [resolution, points.reduce((sum, { count }) => sum + count, 0)];
}

describe('retention by age', () => {
  it('keeps samples two days, minutes two weeks, hours as long as it is told', (t) => {
    const history = temporaryStore(t, { retentionDays: 30 });
    const end = NOON + 40 * DAY_SECONDS;
    recordSpan(history, NOON, end, 300);
    assert.deepEqual(keptAt(history, end - 1.9 * DAY_SECONDS, 300), ['sample', 1]);
    assert.deepEqual(keptAt(history, end - 3 * DAY_SECONDS, 300), ['minute', 1]);
    assert.deepEqual(keptAt(history, end - 13.9 * DAY_SECONDS, 300), ['minute', 1]);
    assert.deepEqual(keptAt(history, end - 15 * DAY_SECONDS, 300), ['hour', 12]);
    assert.deepEqual(keptAt(history, end - 29 * DAY_SECONDS, 3600), ['hour', 12]);
    assert.deepEqual(keptAt(history, end - 31 * DAY_SECONDS, 3600), ['hour', 0]);
  });

  it('keeps nothing longer than it is told', (t) => {
    const history = temporaryStore(t, { retentionDays: 1 });
    const end = NOON + 3 * DAY_SECONDS;
    recordSpan(history, NOON, end, 300);
    const all = { fromSeconds: NOON, toSeconds: end, maxPoints: 100_000 };
    const { points } = history.hostSeries('memory_used', all);
    assert.ok((points[0]?.atSeconds ?? 0) >= end - 1.05 * DAY_SECONDS);
    assert.ok(points.length >= DAY_SECONDS / 300);
  });

  it('forgets processes and closed incidents with their time, never what still fires', (t) => {
    const dataDir = temporaryFolder(t);
    const history = temporaryStore(t, { dataDir, retentionDays: 2 });
    history.record(recordAt(NOON, [processSample({ pid: 7 })]));
    history.saveIncident(closedIncident('old', NOON));
    history.saveDelivery(delivery({ incidentId: 'old' }));
    history.saveIncident(incident({ id: 'firing' }));
    history.saveDelivery(delivery({ notificationId: 'n-2', incidentId: 'firing' }));
    recordSpan(history, NOON + 600, NOON + 4 * DAY_SECONDS, 600);
    const everything = { fromSeconds: 0, toSeconds: NOON * 2 };
    assert.deepEqual(
      history.knownProcesses(everything).map(({ pid }) => pid),
      [42],
    );
    assert.deepEqual(
      history.incidents(0).map(({ id }) => id),
      ['firing'],
    );
    assert.deepEqual(history.deliveries('old'), []);
    assert.equal(history.deliveries('firing').length, 1);
  });

  it('does not believe a clock that is briefly a year ahead', (t) => {
    const history = temporaryStore(t, { retentionDays: 30 });
    const end = NOON + DAY_SECONDS;
    recordSpan(history, NOON, end, 300);
    recordSpan(history, NOON + 365 * DAY_SECONDS, NOON + 365 * DAY_SECONDS + 120, 10);
    recordSpan(history, end, end + 3600, 300);
    assert.deepEqual(keptAt(history, NOON, 3600), ['sample', 12]);
    assert.deepEqual(keptAt(history, end, 3600), ['sample', 12]);
  });
});

describe('retention by size', () => {
  it('keeps the file within its bound and the newest in it', (t) => {
    const dataDir = temporaryFolder(t);
    const maxBytes = 8 * MIB;
    const history = temporaryStore(t, { dataDir, maxBytes });
    const processes = Array.from({ length: 50 }, (_, pid) =>
      processSample({ pid, rssBytes: (pid + 30) * MIB }),
    );
    const end = NOON + 3 * DAY_SECONDS;
    let largest = 0;
    for (let atSeconds = NOON; atSeconds < end; atSeconds += 60) {
      history.record(recordAt(atSeconds, processes));
      history.maintain(atSeconds);
      const state = history.state();
      largest = Math.max(largest, state.kind === 'disk' ? state.sizeBytes : Number.POSITIVE_INFINITY);
    }
    assert.ok(largest <= maxBytes, `${largest} bytes at most`);
    const newest = history.hostSeries('memory_used', { fromSeconds: end - 3000, toSeconds: end });
    assert.deepEqual([newest.resolution, newest.points.length], ['sample', 50]);
    // Its hours outlive its samples and minutes.
    const oldest = history.hostSeries('memory_used', { fromSeconds: NOON, toSeconds: NOON + 3599 });
    assert.deepEqual([oldest.resolution, oldest.points[0]?.count], ['hour', 60]);
    history.close();
    assert.ok(statSync(join(dataDir, 'plimsoll.db')).size <= maxBytes);
  });

  it('gives space back to the file system when the bound is lowered', (t) => {
    const dataDir = temporaryFolder(t);
    const path = join(dataDir, 'plimsoll.db');
    const large = openHistory(dataDir, { maxBytes: 64 * MIB });
    recordSpan(large, NOON, NOON + DAY_SECONDS, 10);
    large.close();
    const before = statSync(path).size;
    const small = openHistory(dataDir, { maxBytes: MIB / 2 });
    // A little at each upkeep, so that none takes long.
    for (let minute = 1; minute <= 60; minute += 1) small.maintain(NOON + DAY_SECONDS + minute * 60);
    small.close();
    assert.ok(before > 0.7 * MIB && statSync(path).size <= MIB / 2, `${before} → ${statSync(path).size}`);
    const database = new DatabaseSync(path);
    assert.equal(database.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
    database.close();
  });
});

describe('upkeep', () => {
  it('done twice does what it does once', (t) => {
    const [once, twice] = [temporaryStore(t), temporaryStore(t)];
    for (let atSeconds = NOON; atSeconds < NOON + 3 * 3600; atSeconds += 17) {
      for (const history of [once, twice]) history.record(recordAt(atSeconds, [processSample()], atSeconds));
      once.maintain(atSeconds);
      twice.maintain(atSeconds);
      twice.maintain(atSeconds);
    }
    for (const maxPoints of [2, 200, 1000]) {
      const range = { fromSeconds: NOON, toSeconds: NOON + 3 * 3600, maxPoints };
      assert.deepEqual(twice.hostSeries('memory_used', range), once.hostSeries('memory_used', range));
    }
  });

  it('catches up after a long time without it', (t) => {
    const history = temporaryStore(t);
    for (let atSeconds = NOON; atSeconds < NOON + 6 * 3600; atSeconds += 30)
      history.record(recordAt(atSeconds, [], atSeconds));
    const range = { fromSeconds: NOON, toSeconds: NOON + 6 * 3600, maxPoints: 10 };
    const before = history.hostSeries('memory_used', range);
    for (let upkeep = 0; upkeep < 10; upkeep += 1) history.maintain(NOON + 6 * 3600 + upkeep);
    assert.deepEqual(history.hostSeries('memory_used', range), before);
    assert.equal(before.points.length, 6);
  });

  it('rolls a time up anew that the clock passes twice', (t) => {
    const history = temporaryStore(t);
    recordSpan(history, NOON, NOON + 7200, 10);
    recordSpan(history, NOON + 3605, NOON + 7200, 10);
    const range = { fromSeconds: NOON, toSeconds: NOON + 7199, maxPoints: 5 };
    assert.deepEqual(
      history.hostSeries('memory_used', range).points.map(({ count }) => count),
      [360, 720],
    );
  });
});
