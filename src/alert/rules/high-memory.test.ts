import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HostSample, HostSwap } from '../../model/index.ts';
import { GIB } from '../../units/index.ts';
import { highMemory } from './high-memory.ts';

const thresholds = { memoryPercent: 85, processRssBytes: GIB };

function host(percent: number, swapPercent?: number): HostSample {
  const memory = { totalBytes: 23.4 * GIB, availableBytes: 2.1 * GIB, usedBytes: 21.3 * GIB, freeBytes: GIB };
  const swap: HostSwap = { totalBytes: GIB, usedBytes: 0, freeBytes: GIB, percent: swapPercent ?? 0 };
  return {
    atSeconds: 0,
    memory: { ...memory, percent },
    ...(swapPercent !== undefined && { swap }),
    collectors: [],
  };
}

function messageOf(percent: number, swapPercent?: number): string | undefined {
  const seen = highMemory({ host: host(percent, swapPercent), thresholds });
  return seen.outcome === 'breach' ? seen.message : undefined;
}

describe('high_memory', () => {
  it('fails strictly above the threshold', () => {
    const outcomes = [84.9, 85, 85.1].map(
      (percent) => highMemory({ host: host(percent), thresholds }).outcome,
    );
    assert.deepEqual(outcomes, ['healthy', 'healthy', 'breach']);
  });

  it('says so in the words that scripts look for', () => {
    assert.equal(messageOf(91.2), 'High memory usage: 91.2% (21.3GB used)');
    assert.equal(messageOf(91.2, 63), 'High memory usage: 91.2% (21.3GB used), Swap: 63.0%');
    assert.equal(messageOf(90, 50), 'High memory usage: 90.0% (21.3GB used)');
    assert.equal(messageOf(90, 50.1), 'High memory usage: 90.0% (21.3GB used), Swap: 50.1%');
  });

  it('is as severe as the overshoot', () => {
    const severities = [86, 91.2, 95.1].map((percent) => {
      const seen = highMemory({ host: host(percent), thresholds });
      return seen.outcome === 'breach' && seen.severity;
    });
    assert.deepEqual(severities, ['warning', 'medium', 'high']);
  });

  it('is unknown without a reading', () => {
    assert.deepEqual(highMemory({ thresholds }), { key: 'high_memory', outcome: 'unknown' });
    assert.equal(highMemory({ host: { atSeconds: 0, collectors: [] }, thresholds }).outcome, 'unknown');
  });
});
