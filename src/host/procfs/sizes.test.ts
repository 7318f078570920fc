import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertParsesOrRefuses, parseOrRefuse } from '../../../test/host/kernel-text.ts';
import { ParseError } from '../../model/index.ts';
import { parseSizes } from './sizes.ts';

const sizesOf = (text: string): Record<string, number> => Object.fromEntries(parseSizes('meminfo', text));

describe('parseSizes', () => {
  it('reads kibibytes as bytes', () => {
    assert.deepEqual(sizesOf('MemTotal:       2 kB\nActive(file):  3 kB\n'), {
      MemTotal: 2048,
      'Active(file)': 3072,
    });
  });

  it('reads lines without a blank or a unit', () => {
    assert.deepEqual(sizesOf('ShadowCallStack:10 kB\nHugePages_Total:       1\n'), {
      ShadowCallStack: 10_240,
      HugePages_Total: 1024,
    });
  });

  it('leaves out what is no size', () => {
    assert.deepEqual(sizesOf('Committed_AS: 18014398509481980 kB\nMemFree: 1 kB\n'), { MemFree: 1024 });
  });

  it('leaves out a last line that may have been cut', () => {
    assert.deepEqual(sizesOf('MemFree: 1 kB\nMemTotal: 12'), { MemFree: 1024 });
    assert.deepEqual(sizesOf('MemFree: 1 kB\nMemTotal: 12 kB'), { MemFree: 1024, MemTotal: 12_288 });
  });

  it('refuses other lines, by the file’s name', () => {
    for (const line of [
      'MemTotal: many kB',
      'MemTotal 12 kB',
      'MemTotal: 12 MB',
      'MemTotal: 1.5 kB',
      '',
      ': 1 kB',
    ]) {
      assert.throws(
        () => sizesOf(`${line}\n`),
        (error) =>
          error instanceof ParseError && error.code === 'KERNEL_FILE_MALFORMED' && error.file === 'meminfo',
      );
    }
  });

  it('parses or refuses, and never gives a size that cannot be', () => {
    assertParsesOrRefuses('MemTotal:  16 kB\nMemFree:   8 kB\nHugePages_Free: 0\n', (text) => {
      const sizes = parseOrRefuse(() => parseSizes('meminfo', text));
      for (const bytes of sizes?.values() ?? []) assert.ok(Number.isSafeInteger(bytes));
      return sizes;
    });
  });
});
