import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { hostileBytes, parseOrRefuse } from '../../../test/host/kernel-text.ts';
import { parseAuxv, readKernelUnits, USUAL_UNITS } from './auxv.ts';

const [AT_NULL, AT_PAGESZ, AT_CLKTCK] = [0n, 6n, 17n];
const vector = (...words: readonly bigint[]): Uint8Array => new Uint8Array(BigUint64Array.from(words).buffer);

describe('auxv', () => {
  it('finds page size and clock ticks', () => {
    const bytes = vector(33n, 1n, AT_PAGESZ, 65_536n, AT_CLKTCK, 1024n, AT_NULL, 0n);
    assert.deepEqual(parseAuxv(bytes), { pageBytes: 65_536, ticksPerSecond: 1024 });
  });

  it('reads a captured host', () => {
    const host = join(import.meta.dirname, '../../../fixtures/hosts/linux-6.18/proc');
    assert.deepEqual(readKernelUnits(host, 'x64'), { pageBytes: 4096, ticksPerSecond: 100 });
  });

  it('keeps to the usual units where it says nothing, is not there, or is laid out for 32 bits', () => {
    assert.deepEqual(parseAuxv(vector(AT_NULL, 0n)), USUAL_UNITS);
    assert.deepEqual(readKernelUnits('/nonexistent', 'x64'), USUAL_UNITS);
    assert.deepEqual(readKernelUnits('/proc', 'arm'), USUAL_UNITS);
  });

  it('refuses units that cannot be', () => {
    for (const bytes of [
      vector(AT_PAGESZ, 0n),
      vector(AT_PAGESZ, 2n ** 40n),
      vector(AT_CLKTCK, 0n),
      vector(6n),
    ]) {
      assert.throws(() => parseAuxv(bytes), { code: 'KERNEL_FILE_MALFORMED', file: '[pid]/auxv' });
    }
  });

  it('parses or refuses', () => {
    const valid = vector(AT_PAGESZ, 4096n, AT_CLKTCK, 100n, AT_NULL, 0n);
    fc.assert(
      fc.property(hostileBytes(valid), (bytes) => {
        parseOrRefuse(() => parseAuxv(bytes));
      }),
    );
  });
});
