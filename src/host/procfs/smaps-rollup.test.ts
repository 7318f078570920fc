import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assertNeverWrongWhenCut, assertParsesOrRefuses } from '../../../test/host/kernel-text.ts';
import { parseSmapsRollup, readSmapsRollup } from './smaps-rollup.ts';

const HOST = join(import.meta.dirname, '../../../fixtures/hosts/linux-6.18/proc');
const REAL = readFileSync(join(HOST, '16631/smaps_rollup'), 'utf8');
const HEADER = '55dd-7ffc ---p 00000000 00:00 0      [rollup]\n';

describe('smaps_rollup', () => {
  it('reads a captured process', () => {
    const map = readSmapsRollup(HOST, 16_631);
    const pagesOf = (name: string): number =>
      Number(new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(REAL)?.[1]) * 1024;
    assert.equal(map?.rssBytes, pagesOf('Rss'));
    assert.equal(map?.pssBytes, pagesOf('Pss'));
    assert.equal(
      map?.ussBytes,
      pagesOf('Private_Clean') + pagesOf('Private_Dirty') + pagesOf('Private_Hugetlb'),
    );
    assert.equal(map?.swapPssBytes, pagesOf('SwapPss'));
  });

  it('leaves out what the kernel does not print', () => {
    assert.deepEqual(parseSmapsRollup(`${HEADER}Rss:  8 kB\nPrivate_Clean: 4 kB\n`), { rssBytes: 8192 });
  });

  it('is absent for a process that is gone, and for a kernel thread', () => {
    assert.equal(readSmapsRollup(HOST, 99_999), undefined);
    assert.equal(readSmapsRollup(HOST, 2), undefined);
  });

  it('refuses a text without its header or an Rss', () => {
    for (const text of ['', 'Rss: 8 kB\n', HEADER, `${HEADER}Pss: 8 kB\n`, `${HEADER}Rss: some kB\n`]) {
      assert.throws(
        () => parseSmapsRollup(text),
        { code: 'KERNEL_FILE_MALFORMED', file: '[pid]/smaps_rollup' },
        text,
      );
    }
  });

  it('never gives a wrong RSS when the text is cut', () => {
    assertNeverWrongWhenCut(REAL, (text) => parseSmapsRollup(text).rssBytes);
  });

  it('parses or refuses', () => {
    assertParsesOrRefuses(REAL, parseSmapsRollup);
  });
});
