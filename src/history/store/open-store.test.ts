import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import {
  closedIncident,
  delivery,
  incident,
  NOON,
  openHistory,
  processSample,
  recordAt,
  temporaryFolder,
} from '../../../test/history/records.ts';
import { MIB } from '../../units/index.ts';
import { openStore, type StoreOpening } from './open-store.ts';
import type { StoreErrorCode } from './store-error.ts';

const OPTIONS = { maxBytes: 64 * MIB, retentionDays: 90, nowSeconds: NOON };
const FILE = 'plimsoll.db';

function refusalOf(opening: StoreOpening): StoreErrorCode | undefined {
  if (opening.kind === 'refused') return opening.error.code;
  opening.history.close();
  return undefined;
}

/** Names and bytes of everything in the folder. */
function contentOf(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder)
      .filter((name) => !name.endsWith('-shm'))
      .map((name) => [name, readFileSync(join(folder, name)).toString('base64')]),
  );
}

/** Root may write everywhere; this user may not. */
const NOBODY = 65_534;

/** What another process gets that opens the store. */
async function answerOfOther(dataDir: string, options: { uid?: number } = {}): Promise<string> {
  const script = `import { openStore } from ${JSON.stringify(join(import.meta.dirname, 'open-store.ts'))};
    const opening = openStore(${JSON.stringify({ ...OPTIONS, dataDir })});
    console.log(opening.kind === 'refused' ? opening.error.code : opening.kind);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], {
    ...options,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [answer] = await once(other.stdout.setEncoding('utf8'), 'data');
  return String(answer).trim();
}

/** A store with one sample that claims a later schema. */
function newerStore(t: TestContext): string {
  const dataDir = temporaryFolder(t);
  const history = openHistory(dataDir);
  history.record(recordAt(NOON));
  history.close();
  const database = new DatabaseSync(join(dataDir, FILE));
  database.exec('PRAGMA user_version = 99');
  database.close();
  return dataDir;
}

describe('opening a store', () => {
  it('makes the folder for its owner alone, and the file', (t) => {
    const dataDir = join(temporaryFolder(t), 'state', 'plimsoll');
    const history = openHistory(dataDir);
    const state = history.state();
    history.close();
    assert.equal(statSync(dataDir).mode & 0o777, 0o700);
    assert.deepEqual(readdirSync(dataDir), [FILE]);
    assert.ok(state.kind === 'disk' && state.path === join(dataDir, FILE) && state.sizeBytes > 0);
  });

  it('finds everything that was written before', (t) => {
    const dataDir = temporaryFolder(t);
    const before = openHistory(dataDir);
    before.record(recordAt(NOON, [processSample()]));
    before.saveIncident(incident());
    before.saveIncident(closedIncident('old', NOON - 100));
    before.saveDelivery(delivery());
    before.saveSettings({
      memoryThreshold: 70,
      webhookUrls: ['http://127.0.0.1:1/'],
      alertingEnabled: false,
    });
    before.close();
    const after = openHistory(dataDir);
    t.after(() => after.close());
    const range = { fromSeconds: NOON, toSeconds: NOON };
    assert.equal(after.hostSeries('memory_used', range).points[0]?.last, 4_000_000_000);
    assert.deepEqual(after.knownProcesses(range), [
      {
        pid: 42,
        startTicks: 1000,
        name: 'node',
        command: 'node app.js',
        firstSeenSeconds: NOON,
        lastSeenSeconds: NOON,
      },
    ]);
    assert.deepEqual(after.incidents(NOON), [incident()]);
    assert.deepEqual(after.deliveries('incident-1'), [delivery()]);
    assert.deepEqual(after.settings(), {
      memoryThreshold: 70,
      webhookUrls: ['http://127.0.0.1:1/'],
      alertingEnabled: false,
    });
  });

  it('refuses a store of a newer release and leaves every byte of it', (t) => {
    const dataDir = newerStore(t);
    const before = contentOf(dataDir);
    const opening = openStore({ ...OPTIONS, dataDir });
    assert.equal(opening.kind, 'refused');
    assert.equal(opening.error.code, 'STORE_TOO_NEW');
    assert.match(opening.error.message, /newer release.*99/);
    assert.match(opening.error.remedy, /another data directory/);
    assert.deepEqual(contentOf(dataDir), before);
  });

  it('refuses a newer store whose writer was killed, log and all', async (t) => {
    const dataDir = newerStore(t);
    const writer = spawn(
      process.execPath,
      [
        '-e',
        `const d = new (require('node:sqlite').DatabaseSync)(process.argv[1]);
         d.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; CREATE TABLE later (x); INSERT INTO later VALUES (1)');
         console.log('written'); setInterval(() => {}, 1000);`,
        join(dataDir, FILE),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(writer.stdout, 'data');
    writer.kill('SIGKILL');
    await once(writer, 'close');
    const before = contentOf(dataDir);
    assert.deepEqual(Object.keys(before), [FILE, `${FILE}-wal`]);
    assert.equal(refusalOf(openStore({ ...OPTIONS, dataDir })), 'STORE_TOO_NEW');
    assert.deepEqual(contentOf(dataDir), before);
  });

  it('refuses a second monitor, of another process or of this one, until the first is gone', async (t) => {
    const dataDir = temporaryFolder(t);
    const first = openHistory(dataDir);
    assert.equal(refusalOf(openStore({ ...OPTIONS, dataDir })), 'STORE_IN_USE');
    assert.equal(await answerOfOther(dataDir), 'STORE_IN_USE');
    first.record(recordAt(NOON));
    assert.equal(first.state().kind, 'disk');
    first.close();
    assert.equal(refusalOf(openStore({ ...OPTIONS, dataDir })), undefined);
  });

  it('sets a file aside that is no store, says so, and begins anew', (t) => {
    const dataDir = temporaryFolder(t);
    const garbage = 'this is not a database\n'.repeat(1000);
    writeFileSync(join(dataDir, FILE), garbage);
    const told: unknown[] = [];
    const history = openHistory(dataDir, { log: (...line) => told.push(line) });
    history.record(recordAt(NOON));
    assert.equal(history.state().kind, 'disk');
    history.close();
    const aside = readdirSync(dataDir).find((name) => name !== FILE) ?? '';
    assert.match(aside, /^plimsoll\.db\.damaged-20251009T120000Z$/);
    assert.equal(readFileSync(join(dataDir, aside), 'utf8'), garbage);
    assert.deepEqual(told, [
      [
        'error',
        'store damaged, set aside',
        { code: 'STORE_CORRUPT', path: join(dataDir, aside), reason: 'file is not a database' },
      ],
    ]);
  });

  it('sets a store aside that lost its end, and keeps no more than one', (t) => {
    const dataDir = temporaryFolder(t);
    for (const nowSeconds of [NOON, NOON + 60]) {
      const whole = openHistory(dataDir);
      whole.record(recordAt(NOON));
      whole.close();
      truncateSync(join(dataDir, FILE), 4096);
      openHistory(dataDir, { nowSeconds }).close();
    }
    assert.deepEqual(
      readdirSync(dataDir).filter((name) => name !== FILE),
      ['plimsoll.db.damaged-20251009T120100Z'],
    );
  });

  it('refuses a folder that it may not or cannot use', (t) => {
    const folder = temporaryFolder(t);
    writeFileSync(join(folder, 'file'), '');
    assert.equal(refusalOf(openStore({ ...OPTIONS, dataDir: join(folder, 'file') })), 'STORE_UNWRITABLE');
    assert.equal(
      refusalOf(openStore({ ...OPTIONS, dataDir: join(folder, 'file', 'in') })),
      'STORE_UNWRITABLE',
    );
    mkdirSync(join(folder, FILE));
    assert.equal(refusalOf(openStore({ ...OPTIONS, dataDir: folder })), 'STORE_UNWRITABLE');
  });

  it('refuses a folder without permission', async (t) => {
    const dataDir = temporaryFolder(t);
    chmodSync(dataDir, 0o500);
    const answer = await answerOfOther(dataDir, process.getuid?.() === 0 ? { uid: NOBODY } : {});
    assert.equal(answer, 'STORE_UNWRITABLE');
  });
});
