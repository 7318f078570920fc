import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assertParsesOrRefuses } from '../../../test/host/kernel-text.ts';
import { parseDescriptorLimit, readDescriptorLimit } from './limits.ts';

const line = (soft: string): string =>
  `Limit  Soft Limit  Hard Limit  Units\nMax open files   ${soft}   4096   files\n`;

describe('limits', () => {
  it('reads the soft limit', () => {
    const host = join(import.meta.dirname, '../../../fixtures/hosts/linux-6.18/proc');
    assert.equal(readDescriptorLimit(host), 20_000);
    assert.equal(parseDescriptorLimit(line('64')), 64);
  });

  it('reads no limit as infinity', () => {
    assert.equal(parseDescriptorLimit(line('unlimited')), Number.POSITIVE_INFINITY);
  });

  it('is absent where there is no such file', () => {
    assert.equal(readDescriptorLimit('/nonexistent'), undefined);
  });

  it('refuses a text without it', () => {
    for (const text of ['', 'Max open files\n', line('many'), line('-1')]) {
      assert.throws(() => parseDescriptorLimit(text), { code: 'KERNEL_FILE_MALFORMED' }, text);
    }
  });

  it('parses or refuses', () => {
    assertParsesOrRefuses(line('1024'), parseDescriptorLimit);
  });
});
