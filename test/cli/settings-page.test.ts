import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { settingsPage } from '../../scripts/settings-page.ts';
import { SETTING_KEYS, settingOf } from '../../src/config/index.ts';

const written = readFileSync(join(import.meta.dirname, '../../docs/settings.md'), 'utf8');

describe('docs/settings.md', () => {
  it('says what the table says', () => {
    assert.equal(written, settingsPage(), 'run: node scripts/settings-page.ts');
  });

  it('has every setting, once', () => {
    for (const key of SETTING_KEYS) {
      const rows = written.split('\n').filter((line) => line.startsWith(`| \`${settingOf(key).name}\``));
      assert.equal(rows.length, 1, key);
    }
  });
});
