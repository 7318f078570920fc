import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OwnProcessSample } from '../../model/index.ts';
import { GIB } from '../../units/index.ts';
import { processMemory } from './process-memory.ts';

const thresholds = { memoryPercent: 85, processRssBytes: 2 * GIB };
const own = (rssBytes: number): OwnProcessSample => ({ atSeconds: 0, pid: 42, rssBytes, cpuSeconds: 1 });

describe('process_memory', () => {
  it('fails strictly above the threshold', () => {
    assert.equal(processMemory({ own: own(2 * GIB), thresholds }).outcome, 'healthy');
    assert.deepEqual(processMemory({ own: own(2.2 * GIB), thresholds }), {
      key: 'process_memory',
      outcome: 'breach',
      type: 'process',
      severity: 'medium',
      title: 'High process memory',
      message: 'High process memory: RSS of process 42 is 2.20 GiB, above 2.00 GiB',
    });
  });

  it('is unknown without a reading', () => {
    assert.equal(processMemory({ thresholds }).outcome, 'unknown');
  });
});
