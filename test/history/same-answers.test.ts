// The history on disk and the one in memory are two implementations of one interface, made differently: they answer alike.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  createMemoryHistory,
  type History,
  type HistoryRecord,
  type HostMetric,
  type SeriesRange,
} from '../../src/history/index.ts';
import {
  anyRecords,
  closedIncident,
  delivery,
  incident,
  makeTemporaryFolder,
  NOON,
  openHistory,
} from './records.ts';

const METRICS: readonly HostMetric[] = ['memory_used', 'memory_percent', 'swap_used', 'heap_used'];
const PROCESSES = [1, 2, 3, 4, 5].flatMap((pid) => [1, 2].map((startTicks) => ({ pid, startTicks })));

function answers(history: History, range: SeriesRange): unknown {
  return {
    host: METRICS.map((metric) => history.hostSeries(metric, range)),
    processes: PROCESSES.map((id) => [
      history.processSeries(id, 'rss', range),
      history.processSeries(id, 'cpu_percent', range),
    ]),
    known: history.knownProcesses(range),
  };
}

/** Runs `check` with a fresh store and a fresh memory that both hold the records. */
function withBoth(
  records: readonly HistoryRecord[],
  upkeepAfter: (index: number) => boolean,
  check: (disk: History, memory: History) => void,
): void {
  const dataDir = makeTemporaryFolder();
  const disk = openHistory(dataDir);
  const memory = createMemoryHistory();
  try {
    for (const [index, record] of records.entries()) {
      for (const history of [disk, memory]) {
        history.record(record);
        if (upkeepAfter(index)) history.maintain(record.atSeconds);
      }
    }
    assert.equal(disk.state().kind, 'disk');
    check(disk, memory);
  } finally {
    disk.close();
    rmSync(dataDir, { recursive: true });
  }
}

const anyRange = (spanSeconds: number) =>
  fc
    .record({
      from: fc.integer({ min: -10_000, max: spanSeconds * 1000 }),
      length: fc.integer({ min: 0, max: spanSeconds * 1000 }),
      maxPoints: fc.integer({ min: 2, max: 50 }),
    })
    .map(({ from, length, maxPoints }) => ({
      fromSeconds: NOON + from / 1000,
      toSeconds: NOON + (from + length) / 1000,
      maxPoints,
    }));

describe('a store and a memory with the same records', () => {
  for (const [name, spanSeconds] of [
    ['of a minute', 60],
    ['of three hours', 3 * 3600],
    ['of a day', 86_400],
  ] as const)
    it(`answer alike for a range ${name}, whatever the clock did`, () => {
      fc.assert(
        fc.property(
          anyRecords(spanSeconds),
          anyRange(spanSeconds),
          fc.integer({ min: 1, max: 5 }),
          (records, range, every) => {
            withBoth(
              records,
              (index) => index % every === 0,
              (disk, memory) => assert.deepEqual(answers(disk, range), answers(memory, range)),
            );
          },
        ),
        { numRuns: 60 },
      );
    });

  it('answer alike after the store was closed and opened', (t) => {
    const [records] = fc.sample(anyRecords(600), { numRuns: 1, seed: 7 });
    assert.ok(records);
    const dataDir = makeTemporaryFolder();
    t.after(() => rmSync(dataDir, { recursive: true }));
    const memory = createMemoryHistory();
    for (const record of records) {
      const disk = openHistory(dataDir);
      disk.record(record);
      disk.close();
      memory.record(record);
    }
    const disk = openHistory(dataDir);
    const range = { fromSeconds: NOON, toSeconds: NOON + 600 };
    assert.deepEqual(answers(disk, range), answers(memory, range));
    disk.close();
  });

  it('tell the same incidents, deliveries and settings', () => {
    withBoth(
      [],
      () => false,
      (disk, memory) => {
        for (const history of [disk, memory]) {
          history.saveIncident(incident());
          history.saveIncident(incident({ severity: 'high', message: 'worse' }));
          history.saveIncident(incident({ id: 'incident-2', startedAtSeconds: NOON + 7 }));
          history.saveIncident(closedIncident('incident-3', NOON + 100));
          history.saveDelivery(delivery());
          history.saveDelivery(delivery({ outcome: 'failed', attempts: 4 }));
          history.saveDelivery(delivery({ channel: 'email', atSeconds: NOON + 1 }));
          history.saveDelivery(delivery({ notificationId: 'n-2', incidentId: 'incident-2' }));
          history.saveSettings({
            memoryThreshold: 70,
            alertingEnabled: false,
            lowNotificationRoutes: ['log'],
          });
          history.saveSettings({ alertingEnabled: undefined, sampleInterval: 5 });
        }
        for (const sinceSeconds of [NOON + 100, NOON + 100.5]) {
          assert.deepEqual(disk.incidents(sinceSeconds), memory.incidents(sinceSeconds));
        }
        assert.deepEqual(
          disk.incidents(NOON + 100).map(({ id, severity }) => `${id} ${severity}`),
          ['incident-2 warning', 'incident-1 high', 'incident-3 warning'],
        );
        assert.equal(disk.incidents(NOON + 100.5).length, 2);
        assert.deepEqual(disk.deliveries('incident-1'), memory.deliveries('incident-1'));
        assert.deepEqual(
          disk.deliveries('incident-1').map(({ channel, outcome }) => `${channel} ${outcome}`),
          ['email delivered', 'webhook failed'],
        );
        assert.deepEqual(disk.settings(), memory.settings());
        assert.deepEqual(disk.settings(), {
          memoryThreshold: 70,
          lowNotificationRoutes: ['log'],
          sampleInterval: 5,
        });
      },
    );
  });
});
