import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assertParsesOrRefuses } from '../../../test/host/kernel-text.ts';
import { parseLoadavg, readLoadavg } from './loadavg.ts';

describe('loadavg', () => {
  it('reads three averages', () => {
    const host = join(import.meta.dirname, '../../../fixtures/hosts/container-v2/proc');
    assert.deepEqual(readLoadavg(host), [3.12, 2.48, 2.01]);
  });

  it('is absent where there is no such file', () => {
    assert.equal(readLoadavg('/nonexistent'), undefined);
  });

  it('refuses anything else', () => {
    for (const text of ['', 'busy\n', '1.00 2.00\n', '1 2 3 1/2 3\n', '-1.00 0.00 0.00 1/2 3\n']) {
      assert.throws(() => parseLoadavg(text), { code: 'KERNEL_FILE_MALFORMED', file: 'loadavg' }, text);
    }
  });

  it('parses or refuses', () => {
    assertParsesOrRefuses('0.08 0.03 0.01 1/118 20481\n', parseLoadavg);
  });
});
