// The store does not hold in memory what it has written: after 100,000 samples the heap is what it was after the first 20,000.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MIB } from '../../src/units/index.ts';
import { NOON, processSample, recordAt, temporaryStore } from './records.ts';

const SAMPLES = 100_000;
const WARM_UP = 20_000;

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

function heapBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe('100,000 samples', () => {
  it('leave the heap as large as it was and the store within its bound', (t) => {
    const maxBytes = 8 * MIB;
    const history = temporaryStore(t, { maxBytes, retentionDays: 90 });
    let warm = 0;
    for (let tick = 0; tick < SAMPLES; tick += 1) {
      const atSeconds = NOON + tick * 10;
      // Some stay, some are new every hour.
      const processes = Array.from({ length: 5 }, (_, pid) =>
        processSample({ pid, startTicks: pid < 3 ? 1 : Math.floor(tick / 360), rssBytes: tick * 4096 }),
      );
      history.record(recordAt(atSeconds, processes));
      history.maintain(atSeconds);
      if (tick === WARM_UP) warm = heapBytes();
    }
    const grown = heapBytes() - warm;
    const state = history.state();
    t.diagnostic(`heap ${(grown / 1024).toFixed(0)} KiB larger than after ${WARM_UP} samples`);
    assert.ok(grown < MIB, `${grown} bytes more`);
    assert.ok(state.kind === 'disk' && state.sizeBytes <= maxBytes, JSON.stringify(state));
  });
});
