import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { busyPercent, createCpuMeter } from './cpu.ts';

const stat = (busy: number, total: number) => ({ cpu: { busy, total }, logicalCount: 4 });

describe('busyPercent', () => {
  it('is the busy share between two readings', () => {
    assert.equal(busyPercent({ busy: 100, total: 1000 }, { busy: 150, total: 1200 }), 25);
  });

  it('is absent where no time passed', () => {
    assert.equal(busyPercent({ busy: 1, total: 2 }, { busy: 1, total: 2 }), undefined);
  });

  it('stays between 0 and 100 whatever the counters do', () => {
    const ticks = fc.record({ busy: fc.nat(1e9), total: fc.nat(1e9) });
    fc.assert(
      fc.property(ticks, ticks, (before, after) => {
        const percent = busyPercent(before, after) ?? 0;
        assert.ok(percent >= 0 && percent <= 100);
      }),
    );
  });
});

describe('cpu meter', () => {
  it('has no share in its first reading, after one that failed, and when told to forget', () => {
    const meter = createCpuMeter();
    assert.deepEqual(meter.measure(stat(0, 0)), { logicalCount: 4 });
    assert.deepEqual(meter.measure(stat(1, 4)), { percent: 25, logicalCount: 4 });
    assert.equal(meter.measure(undefined), undefined);
    assert.deepEqual(meter.measure(stat(2, 8)), { logicalCount: 4 });
    meter.forget();
    assert.deepEqual(meter.measure(stat(3, 12)), { logicalCount: 4 });
  });
});
