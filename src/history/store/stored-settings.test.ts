import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import { MIB } from '../../units/index.ts';
import { openStore, STORE_FILE_NAME } from './open-store.ts';
import { readStoredSettings } from './stored-settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-stored-settings-'));
after(() => rmSync(folder, { recursive: true }));

function open(dataDir: string) {
  const opening = openStore({ dataDir, maxBytes: 8 * MIB, retentionDays: 1, nowSeconds: 1_700_000_000 });
  assert.equal(opening.kind, 'opened');
  return opening.history;
}

describe('stored settings', () => {
  it('are read without changing the store', () => {
    const dataDir = join(folder, 'closed');
    const history = open(dataDir);
    history.saveSettings({ memoryThreshold: 70, lowNotificationRoutes: ['log'] });
    history.close();
    const before = readFileSync(join(dataDir, STORE_FILE_NAME));
    assert.deepEqual(readStoredSettings(dataDir), { memoryThreshold: 70, lowNotificationRoutes: ['log'] });
    assert.deepEqual(readFileSync(join(dataDir, STORE_FILE_NAME)), before);
  });

  it('are none where there is no store, and none is made', () => {
    const dataDir = join(folder, 'absent');
    assert.deepEqual(readStoredSettings(dataDir), {});
    assert.throws(() => readFileSync(join(dataDir, STORE_FILE_NAME)), { code: 'ENOENT' });
  });

  it('are left to the monitor that has the store open', async () => {
    const dataDir = join(folder, 'open');
    // Another process: the locks of this one would let it in.
    open(dataDir).close();
    const owner = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { openStore } from '${join(import.meta.dirname, 'open-store.ts')}';
         const opening = openStore({ dataDir: '${dataDir}', maxBytes: 8e6, retentionDays: 1, nowSeconds: 1.7e9 });
         console.log(opening.kind);
         setInterval(() => opening, 1000);`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      await new Promise((resolve) => owner.stdout.once('data', resolve));
      assert.throws(() => readStoredSettings(dataDir), { code: 'STORE_IN_USE' });
    } finally {
      owner.kill();
    }
  });

  it('are refused from a newer release', () => {
    const dataDir = join(folder, 'newer');
    open(dataDir).close();
    const database = new DatabaseSync(join(dataDir, STORE_FILE_NAME));
    database.exec('PRAGMA user_version = 99');
    database.close();
    assert.throws(() => readStoredSettings(dataDir), { code: 'STORE_TOO_NEW' });
  });
});
