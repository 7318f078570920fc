import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { runForTest } from '../../test/cli/run-command.ts';
import { loadSettings, SETTING_KEYS, settingOf } from '../config/index.ts';
import { openStore } from '../history/index.ts';
import { MIB } from '../units/index.ts';
import { settingsTable } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-config-'));
after(() => rmSync(folder, { recursive: true }));

describe('plimsoll config', () => {
  it('tells every setting once, with its value and where it came from', async () => {
    const { stdout, status } = await runForTest(['config', '--json', '--port', '0', '--no-store'], {
      MEMORY_THRESHOLD: '70',
    });
    const { settings } = JSON.parse(stdout);
    assert.equal(status, 0);
    assert.deepEqual(
      settings.map(({ name }: { name: string }) => name),
      SETTING_KEYS.map((key) => settingOf(key).name),
    );
    const bySource = (name: string) => {
      const { value, source } = settings.find((setting: { name: string }) => setting.name === name);
      return { value, source };
    };
    assert.deepEqual(bySource('MEMORY_THRESHOLD'), { value: 70, source: 'environment' });
    assert.deepEqual(bySource('MONITORING_PORT'), { value: 0, source: 'option' });
    assert.deepEqual(bySource('MONITORING_DEDUP_WINDOW'), { value: 300, source: 'default' });
    assert.deepEqual(bySource('MONITORING_MAX_RUNTIME'), { value: null, source: 'default' });
  });

  it('never prints a secret', async () => {
    const environment = { MONITORING_TOKEN: 'sesame', WEBHOOK_URLS: 'http://hook.example/sesame' };
    for (const arguments_ of [
      ['config', '--no-store'],
      ['config', '--no-store', '--json'],
    ]) {
      const { stdout } = await runForTest(arguments_, environment);
      assert.ok(!stdout.includes('sesame'));
      assert.ok(stdout.includes('***'));
    }
  });

  it('tells what was changed at run time, out of the store', async () => {
    const opening = openStore({
      dataDir: folder,
      maxBytes: 8 * MIB,
      retentionDays: 1,
      nowSeconds: 1_700_000_000,
    });
    assert.equal(opening.kind, 'opened');
    opening.history.saveSettings({ memoryThreshold: 70 });
    opening.history.close();
    const shown = async (...options: string[]) => {
      const { stdout } = await runForTest(['config', '--data', folder, ...options], {
        MEMORY_THRESHOLD: '80',
      });
      return stdout.split('\n').find((line) => line.startsWith('MEMORY_THRESHOLD'));
    };
    assert.match((await shown()) ?? '', /70 +runtime$/);
    assert.match((await shown('--no-store')) ?? '', /80 +environment$/);
  });

  it('tells an unset value from an empty one', () => {
    const loaded = loadSettings({ environment: { LOW_NOTIFICATION_ROUTES: '' } });
    assert.ok(loaded.ok);
    const lines = settingsTable(loaded.effective, false).split('\n');
    assert.match(lines.find((line) => line.startsWith('LOW_NOTIFICATION_ROUTES')) ?? '', /""\s+environment$/);
    assert.match(lines.find((line) => line.startsWith('SMTP_SERVER')) ?? '', /-\s+default$/);
  });
});
