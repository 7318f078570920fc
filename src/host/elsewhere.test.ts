import assert from 'node:assert/strict';
import { totalmem } from 'node:os';
import { describe, it } from 'node:test';
import { createManualClock } from '../../test/manual-clock.ts';
import { osCpu, osMemory, sampleElsewhere } from './elsewhere.ts';

describe('elsewhere than Linux', () => {
  it('knows the whole and the free memory, and no more', () => {
    const memory = osMemory();
    assert.equal(memory.totalBytes, totalmem());
    assert.equal(memory.usedBytes + memory.availableBytes, memory.totalBytes);
    assert.ok(memory.percent >= 0 && memory.percent <= 100);
    assert.equal('cachedBytes' in memory, false);
  });

  it('knows the load average, but not on Windows', () => {
    assert.equal(osCpu('darwin').loadAverage?.length, 3);
    assert.deepEqual(Object.keys(osCpu('win32')), ['logicalCount']);
  });

  it('leaves everything else out', () => {
    const { collectors, ...sample } = sampleElsewhere(createManualClock());
    assert.deepEqual(Object.keys(sample).sort(), ['atSeconds', 'cpu', 'memory']);
    assert.deepEqual(
      collectors.map(({ collector, outcome }) => [collector, outcome]),
      [
        ['memory', 'ok'],
        ['cpu', 'ok'],
      ],
    );
  });
});
