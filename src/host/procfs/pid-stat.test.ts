import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { hostileBytes, parseOrRefuse } from '../../../test/host/kernel-text.ts';
import { parsePidStat } from './pid-stat.ts';

const HOST = join(import.meta.dirname, '../../../fixtures/hosts/linux-6.18/proc');
const REAL = readFileSync(join(HOST, '16631/stat'));

function parse(bytes: Buffer): Record<string, unknown> {
  const { nameStart, nameEnd, ...figures } = parsePidStat(bytes, bytes.length);
  return { name: Buffer.from(bytes.subarray(nameStart, nameEnd)).toString('latin1'), ...figures };
}

function lineOf(name: string, state = 'S'): Buffer {
  return Buffer.from(
    `4211 (${name}) ${state} 1 2 3 0 -1 4 5 6 7 8 90 10 11 12 20 0 3 0 5678 1 1 1\n`,
    'latin1',
  );
}

describe('pid stat', () => {
  it('reads a captured process', () => {
    assert.deepEqual(parse(REAL), {
      name: 'orders-api (blu',
      state: 'S',
      parentPid: 16_623,
      cpuTicks: 10,
      threads: 7,
      startTicks: 221_543,
    });
  });

  it('reads a zombie', () => {
    assert.equal(parse(readFileSync(join(HOST, '16683/stat'))).state, 'Z');
  });

  it('reads names that look like the rest of the line', () => {
    for (const name of ['', ')', ') (', ') R 1 2', '(((', 'a b', 'new\nline', '\xff\xfe', '1) Z 0 (1']) {
      assert.deepEqual(parse(lineOf(name)), {
        name,
        state: 'S',
        parentPid: 1,
        cpuTicks: 100,
        threads: 3,
        startTicks: 5678,
      });
    }
  });

  it('reads the first bytes only: the rest of the buffer is of an earlier file', () => {
    const buffer = Buffer.concat([lineOf('node'), Buffer.from(') Z 9 9 9 (stale)')]);
    assert.equal(parsePidStat(buffer, lineOf('node').length).state, 'S');
    assert.throws(() => parsePidStat(buffer, 0), { code: 'KERNEL_FILE_MALFORMED' });
  });

  it('never gives a wrong figure when the text is cut', () => {
    const whole = parse(REAL);
    for (let length = 0; length < REAL.length; length += 1) {
      const part = parseOrRefuse(() => parse(REAL.subarray(0, length)));
      if (part) assert.deepEqual(part, whole);
    }
  });

  it('refuses what is no process', () => {
    const text = lineOf('node').toString();
    for (const wrong of [
      '',
      '4211 node S 1',
      '4211 (node)',
      text.replace(' S ', ' 7 '),
      text.replace(' 1 2 ', ' -1 2 '),
    ]) {
      assert.throws(
        () => parse(Buffer.from(wrong)),
        { code: 'KERNEL_FILE_MALFORMED', file: '[pid]/stat' },
        wrong,
      );
    }
  });

  it('parses or refuses', () => {
    fc.assert(
      fc.property(hostileBytes(REAL), (bytes) => {
        parseOrRefuse(() => parse(Buffer.from(bytes)));
      }),
      { numRuns: 1000 },
    );
  });
});
