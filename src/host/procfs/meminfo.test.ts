import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assertParsesOrRefuses } from '../../../test/host/kernel-text.ts';
import { parseMeminfo, readMeminfo } from './meminfo.ts';

const HOST = join(import.meta.dirname, '../../../fixtures/hosts/container-v2/proc');

describe('meminfo', () => {
  it('reads a captured host', () => {
    const info = readMeminfo(HOST);
    assert.equal(info?.get('MemTotal'), 16_265_512 * 1024);
    assert.equal(info?.get('Inactive(file)'), 1_700_812 * 1024);
    assert.equal(info?.get('NoSuchField'), undefined);
  });

  it('is absent where there is no such file', () => {
    assert.equal(readMeminfo('/nonexistent'), undefined);
  });

  it('refuses an empty text', () => {
    assert.throws(() => parseMeminfo(''), { code: 'KERNEL_FILE_MALFORMED', message: 'meminfo: it is empty' });
  });

  it('parses or refuses', () => {
    assertParsesOrRefuses(readFileSync(join(HOST, 'meminfo'), 'utf8'), parseMeminfo);
  });
});
