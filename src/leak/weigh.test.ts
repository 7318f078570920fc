import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRandom } from '../../bench/leak/random.ts';
import type { StreamRecord } from './record.ts';
import { weigh } from './weigh.ts';

const LENGTH = 80;

/** A record of 80 buckets of 100 s: `level` of the bucket's number, with noise. */
function recordOf(level: (index: number) => number, drivers: readonly Float64Array[] = []): StreamRecord {
  const random = createRandom(11);
  const times = Float64Array.from({ length: LENGTH }, (_, index) => index * 100);
  const values = times.map((_, index) => level(index) + 0.02 * random.normal());
  return { times, ages: times.map((time) => time + 100), values, drivers, lives: [0] };
}

const families = (record: StreamRecord) => {
  const { level, rising } = weigh(record);
  const advantage = (rising[0]?.score ?? Number.NEGATIVE_INFINITY) - (level[0]?.score ?? 0);
  return { level: level[0]?.account.family, rising: rising[0]?.account.family, advantage };
};

describe('the weighing', () => {
  it('finds a level level', () => {
    const { level, advantage } = families(recordOf(() => 0.5));
    assert.equal(level, 'level');
    assert.ok(advantage < 0);
  });

  it('finds a line', () => {
    const { rising, advantage } = families(recordOf((index) => index / LENGTH));
    assert.equal(rising, 'linear');
    assert.ok(advantage > 10);
  });

  it('finds an onset', () => {
    const { rising, advantage } = families(recordOf((index) => Math.max(0, index - 50) / 30));
    assert.equal(rising, 'since-onset');
    assert.ok(advantage > 10);
  });

  it('finds what has ended', () => {
    const filled = families(recordOf((index) => Math.min(index, 34) / 34));
    assert.equal(filled.level, 'filled');
    const levelled = families(recordOf((index) => 1 - Math.exp(-index / 10)));
    assert.equal(levelled.level, 'levelling-off');
    const step = families(recordOf((index) => (index < 30 ? 0 : 1)));
    assert.equal(step.level, 'step');
    for (const { advantage } of [filled, levelled, step]) assert.ok(advantage < 1, `${advantage}`);
  });

  it('credits a driver that rises with it', () => {
    const driver = Float64Array.from(
      { length: LENGTH },
      (_, index) => index / LENGTH + 0.3 * Math.sin(index / 3),
    );
    const { level, advantage } = families(recordOf((index) => driver[index] ?? 0, [driver]));
    assert.equal(level, 'level');
    assert.ok(advantage < 0);
  });

  it('sees a line beside a driver', () => {
    const driver = Float64Array.from({ length: LENGTH }, (_, index) => Math.sin(index / 9));
    const { rising, advantage } = families(
      recordOf((index) => (driver[index] ?? 0) + index / LENGTH, [driver]),
    );
    assert.equal(rising, 'linear');
    assert.ok(advantage > 10);
  });
});
