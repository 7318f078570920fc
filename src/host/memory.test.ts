import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { HostMemory } from '../model/index.ts';
import { hostMemory, hostSwap, readMemory } from './memory.ts';

const KIB = 1024;
/** A kernel before 3.14. */
const OLD = { MemTotal: 1000, MemFree: 100, Buffers: 10, Cached: 200, SReclaimable: 50 };
const WHOLE = { ...OLD, MemAvailable: 400 };

const info = (kib: Readonly<Record<string, number>>): Map<string, number> =>
  new Map(Object.entries(kib).map(([name, size]) => [name, size * KIB]));

const noWatermark = (): undefined => undefined;
const memoryOf = (kib: Readonly<Record<string, number>>, lowKib?: number): HostMemory =>
  hostMemory(info(kib), () => (lowKib === undefined ? undefined : lowKib * KIB));

describe('hostMemory', () => {
  it('uses what the kernel says is available', () => {
    assert.deepEqual(memoryOf({ ...WHOLE, Active: 1, Inactive: 2, Shmem: 3, Slab: 4 }), {
      totalBytes: 1000 * KIB,
      availableBytes: 400 * KIB,
      usedBytes: 600 * KIB,
      freeBytes: 100 * KIB,
      percent: 60,
      activeBytes: KIB,
      inactiveBytes: 2 * KIB,
      buffersBytes: 10 * KIB,
      cachedBytes: 250 * KIB,
      sharedBytes: 3 * KIB,
      slabBytes: 4 * KIB,
    });
  });

  it('rounds per cent half to even, on the exact value', () => {
    const percentOf = (usedKib: number): number =>
      memoryOf({ MemTotal: 2000, MemFree: 1, MemAvailable: 2000 - usedKib }).percent;
    assert.deepEqual([5, 15, 25, 1, 2000].map(percentOf), [0.2, 0.8, 1.2, 0.1, 100]);
  });

  it('leaves out what the kernel does not print', () => {
    assert.deepEqual(Object.keys(memoryOf({ MemTotal: 10, MemFree: 5, MemAvailable: 6 })), [
      'totalBytes',
      'availableBytes',
      'usedBytes',
      'freeBytes',
      'percent',
    ]);
  });

  it('reads the words of older kernels', () => {
    const old = memoryOf({ ...WHOLE, MemShared: 7, Inact_dirty: 1, Inact_clean: 2, Inact_laundry: 3 });
    assert.equal(old.sharedBytes, 7 * KIB);
    assert.equal(old.inactiveBytes, 6 * KIB);
    assert.equal(memoryOf({ ...WHOLE, Inact_dirty: 1 }).inactiveBytes, undefined);
  });

  it('refuses a host without its two pillars', () => {
    for (const kib of [{ MemFree: 1 }, { MemTotal: 1 }, { MemTotal: 0, MemFree: 0 }]) {
      assert.throws(() => hostMemory(info(kib), noWatermark), {
        code: 'KERNEL_FILE_MALFORMED',
        file: 'meminfo',
      });
    }
  });
});

describe('available memory', () => {
  const LRU = { 'Active(file)': 100, 'Inactive(file)': 60 };

  it('is estimated where the kernel prints none, or 0', () => {
    // 100 − 30 + (160 − min(80, 30)) + (50 − min(25, 30))
    const expected = (70 + 130 + 25) * KIB;
    assert.equal(memoryOf({ ...OLD, ...LRU }, 30).availableBytes, expected);
    assert.equal(memoryOf({ ...WHOLE, ...LRU, MemAvailable: 0 }, 30).availableBytes, expected);
  });

  it('is free and cached where the estimate lacks its parts', () => {
    assert.equal(memoryOf(OLD, 30).availableBytes, 300 * KIB);
    assert.equal(memoryOf({ ...OLD, ...LRU }).availableBytes, 300 * KIB);
    assert.equal(memoryOf({ MemTotal: 1000, MemFree: 100 }).availableBytes, 100 * KIB);
  });

  it('is never below 0', () => {
    assert.equal(memoryOf({ ...WHOLE, MemAvailable: -5 }).availableBytes, 0);
    assert.equal(memoryOf({ ...WHOLE, ...LRU, MemAvailable: 0 }, 5000).availableBytes, 0);
  });

  it('is what is free where there seems to be more than there is', () => {
    assert.equal(memoryOf({ ...WHOLE, MemAvailable: 1001 }).availableBytes, 100 * KIB);
  });

  it('asks for the watermarks only when it has to', () => {
    const asked = (): never => assert.fail('asked for the watermarks');
    assert.equal(hostMemory(info(WHOLE), asked).availableBytes, 400 * KIB);
  });

  it('stays within the whole, and used with it', () => {
    const kib = fc.integer({ min: 0, max: 1e9 });
    const host = fc.record({ MemTotal: fc.integer({ min: 1, max: 1e9 }), MemAvailable: kib, Cached: kib });
    fc.assert(
      fc.property(host, fc.double({ min: 0, max: 1, noNaN: true }), (sizes, freeShare) => {
        const MemFree = Math.floor(sizes.MemTotal * freeShare);
        const memory = memoryOf({ ...sizes, MemFree });
        assert.ok(memory.availableBytes >= 0);
        assert.ok(memory.usedBytes <= memory.totalBytes);
        assert.equal(memory.usedBytes + memory.availableBytes, memory.totalBytes);
      }),
    );
  });
});

describe('hostSwap', () => {
  it('is used over total', () => {
    assert.deepEqual(hostSwap(info({ SwapTotal: 1000, SwapFree: 370 })), {
      totalBytes: 1000 * KIB,
      usedBytes: 630 * KIB,
      freeBytes: 370 * KIB,
      percent: 63,
    });
  });

  it('is empty on a host without swap, and absent where the kernel says nothing', () => {
    assert.equal(hostSwap(info({ SwapTotal: 0, SwapFree: 0 }))?.percent, 0);
    assert.equal(hostSwap(info({ MemTotal: 1 })), undefined);
  });
});

describe('readMemory', () => {
  it('estimates an old host’s available memory from its zones', () => {
    const root = join(import.meta.dirname, '../../fixtures/hosts/linux-2.6.32/proc');
    const low = (40 + 7862 + 13_236) * 4096;
    const file = (2_110_072 + 2_615_396) * KIB;
    assert.equal(
      readMemory(root)?.memory.availableBytes,
      254_560 * KIB - low + file - low + 468_300 * KIB - low,
    );
  });

  it('is absent where there is no meminfo', () => {
    assert.equal(readMemory('/nonexistent'), undefined);
  });
});
