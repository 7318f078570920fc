import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertParsesOrRefuses } from '../../../test/host/kernel-text.ts';
import { parseCount, parseCounters, parseLimit } from './values.ts';

const malformed = { code: 'KERNEL_FILE_MALFORMED', file: 'memory.x' };

describe('cgroup values', () => {
  it('reads one number', () => {
    assert.equal(parseCount('memory.x', '352321536\n'), 352_321_536);
    assert.equal(parseCount('memory.x', '0'), 0);
    for (const text of ['', '\n', 'max\n', '-1\n', '1 2\n', '1\n2\n']) {
      assert.throws(() => parseCount('memory.x', text), malformed, text);
    }
  });

  it('reads both ways to say "no limit"', () => {
    assert.equal(parseLimit('memory.x', 'max\n'), Number.POSITIVE_INFINITY);
    assert.equal(parseLimit('memory.x', '9223372036854771712\n'), Number.POSITIVE_INFINITY);
    // With pages of 64 KiB.
    assert.equal(parseLimit('memory.x', '9223372036854710272\n'), Number.POSITIVE_INFINITY);
    assert.equal(parseLimit('memory.x', '67108864\n'), 67_108_864);
    assert.throws(() => parseLimit('memory.x', 'maximum\n'), malformed);
  });

  it('reads counters by name', () => {
    assert.deepEqual(
      [...parseCounters('memory.x', 'low 0\noom_kill 2\n')],
      [
        ['low', 0],
        ['oom_kill', 2],
      ],
    );
    for (const text of ['low\n', 'low many\n', 'low 1 2\n', 'low -1\n']) {
      assert.throws(() => parseCounters('memory.x', text), malformed, text);
    }
  });

  it('parses or refuses', () => {
    assertParsesOrRefuses('1234\n', (text) => parseCount('memory.x', text));
    assertParsesOrRefuses('max\n', (text) => parseLimit('memory.x', text));
    assertParsesOrRefuses('low 0\nhigh 1\n', (text) => parseCounters('memory.x', text));
  });
});
