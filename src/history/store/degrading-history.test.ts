import assert from 'node:assert/strict';
import { closeSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import {
  delivery,
  incident,
  NOON,
  openHistory,
  processSample,
  recordAt,
  temporaryFolder,
} from '../../../test/history/records.ts';
import { MIB } from '../../units/index.ts';
import type { History } from '../history.ts';
import { connect } from './connection.ts';
import { DegradingHistory } from './degrading-history.ts';
import { DiskHistory } from './disk-history.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';

const OPTIONS = { maxDataBytes: 64 * MIB, retentionSeconds: 90 * 86_400, maxLogBytes: MIB };
const ID = { pid: 42, startTicks: 1000 };

interface SmallDisk {
  readonly history: History;
  readonly dataDir: string;
  readonly events: string[];
  makeRoom(): void;
}

/** An empty store has some fifteen. */
const FEW_PAGES = 24;

/** A store on a disk with room for a few pages, past which SQLite says SQLITE_FULL. */
function smallDisk(t: TestContext): SmallDisk {
  // Closed first, while the folder is there.
  t.after(() => history.close());
  const dataDir = temporaryFolder(t);
  const path = join(dataDir, 'plimsoll.db');
  const events: string[] = [];
  const database = connect(path, OPTIONS);
  migrate(database, MIGRATIONS);
  database.exec(`PRAGMA max_page_count = ${FEW_PAGES}`);
  const history = new DegradingHistory(
    { kind: 'opened', disk: new DiskHistory(database, path, OPTIONS) },
    {
      path,
      nowSeconds: NOON,
      reopen: () => ({ kind: 'failing', reason: 'a full disk is not opened again' }),
      log: (_level, event) => events.push(event),
    },
  );
  return { history, dataDir, events, makeRoom: () => database.exec('PRAGMA max_page_count = 10000') };
}

/** Records until the disk is full and ten times more; returns how many. */
function recordPastTheEnd(history: History): number {
  let count = 0;
  for (let more = 10; more > 0; count += 1) {
    assert.ok(count < 10_000, 'the disk became full');
    history.record(
      recordAt(NOON + count, [processSample({ rssBytes: count * 4096, command: 'x'.repeat(count) })]),
    );
    if (history.state().kind === 'degraded') more -= 1;
  }
  return count;
}

function recorded(history: History): readonly number[] {
  const range = { fromSeconds: NOON, toSeconds: NOON + 86_400, maxPoints: 100_000 };
  return history.processSeries(ID, 'rss', range).points.map(({ last }) => last / 4096);
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('a history on a full disk', () => {
  it('says so, throws nothing and goes on answering for old and new', (t) => {
    const { history, events } = smallDisk(t);
    const count = recordPastTheEnd(history);
    const state = history.state();
    assert.equal(state.kind, 'degraded');
    assert.match(state.reason, /full/);
    assert.ok(state.sinceSeconds > NOON && state.sinceSeconds < NOON + count);
    assert.deepEqual(recorded(history), upTo(count));
    assert.deepEqual(
      history
        .knownProcesses({ fromSeconds: 0, toSeconds: NOON * 2 })
        .map((process) => process.lastSeenSeconds),
      [NOON + count - 1],
    );
    assert.deepEqual(events, ['store cannot be written, keeping what is new in memory']);
  });

  it('keeps incidents, deliveries and settings over those on disk', (t) => {
    const { history } = smallDisk(t);
    history.saveIncident(incident());
    history.saveDelivery(delivery());
    history.saveSettings({ memoryThreshold: 70, sampleInterval: 5 });
    recordPastTheEnd(history);
    history.saveIncident(incident({ severity: 'high' }));
    history.saveIncident(incident({ id: 'incident-2', startedAtSeconds: NOON + 9 }));
    history.saveDelivery(delivery({ outcome: 'failed' }));
    history.saveDelivery(delivery({ channel: 'email', atSeconds: NOON + 9 }));
    history.saveSettings({ memoryThreshold: undefined, dedupWindow: 60 });
    const check = (answering: History) => {
      assert.deepEqual(
        answering.incidents(0).map(({ id, severity }) => `${id} ${severity}`),
        ['incident-2 warning', 'incident-1 high'],
      );
      assert.deepEqual(
        answering.deliveries('incident-1').map(({ channel, outcome }) => `${channel} ${outcome}`),
        ['webhook failed', 'email delivered'],
      );
      assert.deepEqual(answering.settings(), { sampleInterval: 5, dedupWindow: 60 });
    };
    check(history);
  });

  it('recovers by itself and writes what it kept', (t) => {
    const small = smallDisk(t);
    const { history, dataDir, events } = small;
    const count = recordPastTheEnd(history);
    history.saveIncident(incident());
    history.saveSettings({ memoryThreshold: 70 });
    small.makeRoom();
    history.maintain(NOON + count);
    assert.equal(history.state().kind, 'degraded', 'not tried at every sample');
    history.maintain(NOON + count + 30);
    assert.equal(history.state().kind, 'disk');
    assert.equal(events.at(-1), 'store works again');
    history.record(recordAt(NOON + count, [processSample({ rssBytes: count * 4096 })]));
    history.close();
    const again = openHistory(dataDir);
    t.after(() => again.close());
    assert.deepEqual(recorded(again), upTo(count + 1));
    assert.deepEqual(again.incidents(0), [incident()]);
    assert.deepEqual(again.settings(), { memoryThreshold: 70 });
  });

  it('loses nothing by an attempt that fails', (t) => {
    const small = smallDisk(t);
    const { history, events } = small;
    const count = recordPastTheEnd(history);
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      history.maintain(NOON + count + attempt * 30);
      assert.equal(history.state().kind, 'degraded');
      assert.deepEqual(recorded(history), upTo(count));
    }
    assert.equal(events.length, 1, 'said once');
    small.makeRoom();
    history.maintain(NOON + count + 120);
    assert.equal(history.state().kind, 'disk');
    assert.deepEqual(recorded(history), upTo(count));
  });

  it('is tried again although the clock was set back', (t) => {
    const small = smallDisk(t);
    recordPastTheEnd(small.history);
    small.makeRoom();
    small.history.maintain(NOON - 86_400 * 365);
    assert.equal(small.history.state().kind, 'disk');
  });

  it('keeps a bounded number of samples, the newest', (t) => {
    const { history } = smallDisk(t);
    const count = recordPastTheEnd(history);
    const onDisk = recorded(history).length - 10;
    for (let index = 0; index < 10_000; index += 1)
      history.record(recordAt(NOON + count + index, [processSample({ rssBytes: (count + index) * 4096 })]));
    const kept = recorded(history).slice(onDisk);
    assert.equal(kept.length, 8640);
    assert.equal(kept.at(-1), count + 9999);
  });

  it('writes what it kept when it is closed in time', (t) => {
    const small = smallDisk(t);
    const count = recordPastTheEnd(small.history);
    small.makeRoom();
    small.history.close();
    const again = openHistory(small.dataDir);
    t.after(() => again.close());
    assert.deepEqual(recorded(again), upTo(count));
  });
});

describe('a history whose disk does not fail', () => {
  it('does not hide a mistake in the program behind a disk that fails', (t) => {
    const { history } = smallDisk(t);
    const broken = { ...recordAt(NOON), processes: undefined } as unknown as Parameters<History['record']>[0];
    assert.throws(() => history.record(broken), TypeError);
    assert.equal(history.state().kind, 'disk');
  });
});

describe('a store found damaged while it is in use', () => {
  it('is set aside, and what came since goes into a new one', (t) => {
    const dataDir = temporaryFolder(t);
    const whole = openHistory(dataDir);
    for (let index = 0; index < 5000; index += 1) whole.record(recordAt(NOON + index, [processSample()]));
    whole.close();
    overwriteAllButTheSchema(join(dataDir, 'plimsoll.db'));
    const events: string[] = [];
    const history = openHistory(dataDir, { log: (_level, event) => events.push(event) });
    t.after(() => history.close());
    const laterSeconds = NOON + 86_400;
    history.record(recordAt(laterSeconds, [processSample()]));
    assert.equal(history.state().kind, 'degraded');
    history.maintain(laterSeconds + 30);
    assert.equal(history.state().kind, 'disk');
    const range = { fromSeconds: laterSeconds, toSeconds: laterSeconds };
    assert.equal(history.hostSeries('memory_used', range).points.length, 1);
    assert.ok(readdirSync(dataDir).some((name) => name.includes('.damaged-')));
    assert.ok(events.includes('store damaged, set aside'));
  });
});

/** The first pages hold the schema and each table's root; what follows is rubbish afterwards. */
function overwriteAllButTheSchema(path: string): void {
  const { size } = statSync(path);
  const file = openSync(path, 'r+');
  const kept = 16 * 4096;
  writeSync(file, Buffer.alloc(size - kept, 0xa5), 0, size - kept, kept);
  closeSync(file);
}
