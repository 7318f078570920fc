// Memory and swap as psutil has them, on the same text: every captured host and hundreds of generated ones; and live. `used` is
// left out: Debian's psutil 5.9 has an older formula for it.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { createHostReader } from '../../src/host/index.ts';
import type { HostMemory, HostSample, HostSwap } from '../../src/model/index.ts';
import { systemClock } from '../../src/monitor/clock.ts';
import { skipWithout } from '../programs.ts';
import { generatedHost, writeHost } from './proc-text.ts';
import { askPsutil, PSUTIL, type PsutilSwap, type PsutilVirtual, PYTHON } from './psutil.ts';

const GENERATED_HOSTS = 400;
const FIXTURES = join(import.meta.dirname, '../../fixtures/hosts');
const skip = skipWithout(PYTHON, PSUTIL);

function sampleOf(procRoot: string): HostSample {
  return createHostReader({ procRoot, cgroupRoot: '/nonexistent', clock: systemClock }).sample();
}

/** In psutil's words; what the kernel did not print is 0 there. */
function asVirtual(memory: HostMemory): PsutilVirtual {
  return {
    total: memory.totalBytes,
    available: memory.availableBytes,
    percent: memory.percent,
    free: memory.freeBytes,
    active: memory.activeBytes ?? 0,
    inactive: memory.inactiveBytes ?? 0,
    buffers: memory.buffersBytes ?? 0,
    cached: memory.cachedBytes ?? 0,
    shared: memory.sharedBytes ?? 0,
    slab: memory.slabBytes ?? 0,
  };
}

function asSwap(swap: HostSwap): PsutilSwap {
  return {
    total: swap.totalBytes,
    used: swap.usedBytes,
    free: swap.freeBytes,
    percent: swap.percent,
    sin: swap.swappedInBytes ?? 0,
    sout: swap.swappedOutBytes ?? 0,
  };
}

function assertSameAsPsutil(procRoots: readonly string[]): void {
  for (const [index, expected] of askPsutil(procRoots).entries()) {
    const procRoot = procRoots[index] ?? '';
    const { memory, swap } = sampleOf(procRoot);
    assert.ok(memory && expected.virtual, `memory of ${procRoot}`);
    assert.deepEqual(asVirtual(memory), expected.virtual, procRoot);
    // psutil gives up on a vmstat that makes no sense, where only the traffic is lost here.
    if (expected.swap) assert.deepEqual(swap && asSwap(swap), expected.swap, procRoot);
  }
}

describe('memory against psutil', { skip }, () => {
  let scratch = '';
  before(() => {
    scratch = mkdtempSync(join(tmpdir(), 'plimsoll-psutil-'));
  });
  after(() => rmSync(scratch, { recursive: true }));

  it('agrees on every captured host', () => {
    const hosts = readdirSync(FIXTURES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.ok(hosts.length >= 6);
    assertSameAsPsutil(hosts.map(({ name }) => join(FIXTURES, name, 'proc')));
  });

  it(`agrees on ${GENERATED_HOSTS} generated hosts`, () => {
    const roots = fc.sample(generatedHost, { numRuns: GENERATED_HOSTS, seed: 7 }).map((host, index) => {
      const root = join(scratch, String(index));
      writeHost(root, host);
      return root;
    });
    assertSameAsPsutil(roots);
  });

  it('agrees live, within what moves between two readings', () => {
    const [first] = askPsutil(['/proc']);
    const { memory, swap } = sampleOf('/proc');
    const [second] = askPsutil(['/proc']);
    assert.ok(memory && swap && first?.virtual && second?.virtual && first.swap);
    const ours = asVirtual(memory);
    assert.equal(ours.total, first.virtual.total);
    assert.equal(swap.totalBytes, first.swap.total);
    for (const field of Object.keys(ours) as (keyof PsutilVirtual)[]) {
      assertBetween(ours[field], first.virtual[field], second.virtual[field], field);
    }
  });
});

/** A busy machine allocates and frees while one reads: some room on either side. */
function assertBetween(value: number, one: number, other: number, what: string): void {
  const room = what === 'percent' ? 2 : 512 * 2 ** 20;
  const inside = value >= Math.min(one, other) - room && value <= Math.max(one, other) + room;
  assert.ok(inside, `${what}: ${value} is not between ${one} and ${other}`);
}
