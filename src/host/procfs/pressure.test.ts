import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assertParsesOrRefuses } from '../../../test/host/kernel-text.ts';
import { parsePressure, readMemoryPressure } from './pressure.ts';

const HOST = join(import.meta.dirname, '../../../fixtures/hosts/container-v2/proc');
const SOME = 'some avg10=4.21 avg60=2.88 avg300=1.07 total=912345678\n';

describe('pressure', () => {
  it('reads both lines, the totals in seconds', () => {
    assert.deepEqual(readMemoryPressure(HOST), {
      some: { avg10Percent: 4.21, avg60Percent: 2.88, avg300Percent: 1.07, totalSeconds: 912.345678 },
      full: { avg10Percent: 2.1, avg60Percent: 1.33, avg300Percent: 0.49, totalSeconds: 401.234567 },
    });
  });

  it('leaves out the line the kernel does not print', () => {
    assert.deepEqual(Object.keys(parsePressure('memory.pressure', SOME)), ['some']);
  });

  it('is absent where the kernel was built without it', () => {
    assert.equal(readMemoryPressure('/nonexistent'), undefined);
  });

  it('refuses anything else', () => {
    for (const text of [
      '',
      'some\n',
      SOME.replace('4.21', 'NaN'),
      SOME.replace('=912345678', '='),
      `${SOME}all 1\n`,
    ]) {
      assert.throws(
        () => parsePressure('memory.pressure', text),
        { code: 'KERNEL_FILE_MALFORMED', file: 'memory.pressure' },
        text,
      );
    }
  });

  it('parses or refuses', () => {
    assertParsesOrRefuses(SOME, (text) => parsePressure('memory.pressure', text));
  });
});
