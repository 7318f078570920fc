import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ByteSampler, type Weight } from './byte-sampler.ts';

const KIB = 1024;

/** The same numbers in every run (mulberry32). */
function seeded(): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 1) / 2 ** 32;
  };
}

function bench() {
  const clock = { seconds: 0 };
  const sampler = new ByteSampler({ random: seeded(), monotonicSeconds: () => clock.seconds });
  /** What so many allocations of so many bytes come to. */
  const allocate = (count: number, bytes: number): Weight & { records: number } => {
    const sum = { bytes: 0, count: 0, records: 0 };
    for (let i = 0; i < count; i += 1) {
      if (!sampler.takes(bytes)) continue;
      const weight = sampler.weigh(bytes);
      sum.bytes += weight.bytes;
      sum.count += weight.count;
      sum.records += 1;
    }
    return sum;
  };
  return { clock, sampler, allocate };
}

describe('the sampler of bytes', () => {
  it('takes every large allocation, and exactly', () => {
    const { allocate } = bench();
    assert.deepEqual(allocate(1000, 64 * KIB), { bytes: 64_000 * KIB, count: 1000, records: 1000 });
  });

  for (const bytes of [100, 4 * KIB, 60 * KIB])
    it(`takes a few of ${bytes} bytes, which stand for all of them`, () => {
      const { allocate, sampler, clock } = bench();
      let [total, records, allocated] = [0, 0, 0];
      for (let second = 0; second < 200; second += 1) {
        clock.seconds = second;
        const count = Math.round((8 * KIB * KIB) / bytes);
        const sum = allocate(count, bytes);
        allocated += count * bytes;
        total += sum.bytes;
        records += sum.records;
      }
      assert.equal(sampler.intervalBytes, 64 * KIB);
      const error = Math.sqrt(allocated * 64 * KIB);
      assert.ok(Math.abs(total - allocated) < 3 * error, `${total} of ${allocated}, ± ${error}`);
      assert.ok(records <= allocated / (64 * KIB) + 3 * Math.sqrt(records), `${records} records`);
    });

  it('takes a burst whole, and less and less of what does not end', () => {
    const { clock, sampler, allocate } = bench();
    assert.equal(allocate(4000, 64 * KIB).records, 4000);
    assert.equal(sampler.intervalBytes, 64 * KIB);
    for (let second = 0; second < 60; second += 0.1) {
      clock.seconds = second;
      allocate(1000, 64 * KIB);
    }
    const before = sampler.intervalBytes;
    assert.ok(before >= 1024 * KIB, `${before}`);
    let records = 0;
    for (let second = 60; second < 70; second += 0.1) {
      clock.seconds = second;
      records += allocate(1000, 64 * KIB).records;
    }
    assert.ok(records < 10 * 256 * 2, `${records} in ten seconds`);
  });

  it('becomes exact again when it is calm', () => {
    const { clock, sampler, allocate } = bench();
    allocate(40_000, 1024 * KIB);
    assert.ok(sampler.intervalBytes > 64 * KIB);
    for (let second = 0; second < 1000; second += 1) {
      clock.seconds = second;
      sampler.relax();
    }
    assert.equal(sampler.intervalBytes, 64 * KIB);
  });
});
