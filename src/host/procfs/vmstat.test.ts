import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assertParsesOrRefuses } from '../../../test/host/kernel-text.ts';
import { parseVmstat, readVmstat } from './vmstat.ts';

const hostRoot = (host: string): string => join(import.meta.dirname, '../../../fixtures/hosts', host, 'proc');

describe('vmstat', () => {
  it('reads the counters, swap traffic in bytes', () => {
    assert.deepEqual(readVmstat(hostRoot('container-v2')), {
      faults: 9_912_345_678,
      majorFaults: 512_903,
      swappedInBytes: 812_334 * 4096,
      swappedOutBytes: 1_544_120 * 4096,
      oomKills: 2,
    });
  });

  it('leaves out what the kernel does not count', () => {
    assert.equal('oomKills' in (readVmstat(hostRoot('no-swap')) ?? { oomKills: 0 }), false);
    assert.deepEqual(parseVmstat('nr_free_pages 1\n'), {});
  });

  it('is absent where there is no such file', () => {
    assert.equal(readVmstat('/nonexistent'), undefined);
  });

  it('refuses lines that are no counters', () => {
    for (const text of ['', 'pswpin\n', 'pswpin -1\n', 'pswpin 1 2\n', 'pswpin  1\n']) {
      assert.throws(() => parseVmstat(text), { code: 'KERNEL_FILE_MALFORMED', file: 'vmstat' }, text);
    }
  });

  it('parses or refuses', () => {
    assertParsesOrRefuses('pswpin 1\npswpout 2\npgfault 3\npgmajfault 4\noom_kill 5\n', parseVmstat);
  });
});
