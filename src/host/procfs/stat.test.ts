import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assertParsesOrRefuses } from '../../../test/host/kernel-text.ts';
import { parseStat, readStat } from './stat.ts';

const HOST = join(import.meta.dirname, '../../../fixtures/hosts/container-v2/proc');

describe('stat', () => {
  it('counts waiting for I/O as idle, and guest time once', () => {
    const busy = 8_812_345 + 1201 + 2_234_567 + 0 + 98_765 + 4321;
    assert.deepEqual(readStat(HOST), {
      cpu: { busy, total: busy + 91_234_567 + 123_456 },
      logicalCount: 4,
      bootAtSeconds: 1_760_000_000,
    });
    const withGuests = parseStat('cpu  10 0 0 5 0 0 0 0 10 0\n');
    assert.deepEqual(withGuests.cpu, { busy: 10, total: 15 });
  });

  it('reads kernels that know fewer kinds of time, and tell no boot time', () => {
    assert.deepEqual(parseStat('cpu 1 2 3 4\n'), { cpu: { busy: 6, total: 10 }, logicalCount: 1 });
  });

  it('is absent where there is no such file', () => {
    assert.equal(readStat('/nonexistent'), undefined);
  });

  it('refuses what makes no sense', () => {
    for (const text of ['', 'cpu0 1 2 3 4\n', 'cpu 1 2 3\n', 'cpu 1 2 x 4\n', 'cpu 1 2 3 4\nbtime soon\n']) {
      assert.throws(() => parseStat(text), { code: 'KERNEL_FILE_MALFORMED', file: 'stat' }, text);
    }
  });

  it('parses or refuses', () => {
    assertParsesOrRefuses(readFileSync(join(HOST, 'stat'), 'utf8'), parseStat);
  });
});
