import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assertParsesOrRefuses } from '../../../test/host/kernel-text.ts';
import { parseLowWatermark, readLowWatermark } from './zoneinfo.ts';

const HOST = join(import.meta.dirname, '../../../fixtures/hosts/linux-2.6.32/proc');

describe('zoneinfo', () => {
  it('adds up the low watermarks of all zones', () => {
    assert.equal(readLowWatermark(HOST), 40 + 7862 + 13_236);
  });

  it('is absent where there is no such file', () => {
    assert.equal(readLowWatermark('/nonexistent'), undefined);
  });

  it('refuses a watermark that is no number, and a text without any', () => {
    for (const text of ['', 'Node 0, zone DMA\n', '  low\n', '  low -1\n', '  low 1 2\n']) {
      assert.throws(() => parseLowWatermark(text), { code: 'KERNEL_FILE_MALFORMED', file: 'zoneinfo' }, text);
    }
  });

  it('parses or refuses', () => {
    assertParsesOrRefuses(readFileSync(join(HOST, 'zoneinfo'), 'utf8'), parseLowWatermark);
  });
});
