import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createManualClock } from '../../../test/manual-clock.ts';
import { MIB } from '../../units/index.ts';
import { watchNearLimit } from './near-limit-watch.ts';

const LIMIT = 512 * MIB;

async function watched(usedAt: (atSeconds: number) => number | undefined) {
  const clock = createManualClock(0);
  const looks: number[] = [];
  const captured: number[] = [];
  const stop = watchNearLimit({
    clock,
    limitBytes: LIMIT,
    usedBytes: async () => {
      looks.push(clock.wallSeconds());
      return usedAt(clock.wallSeconds());
    },
    capture: async ({ usedBytes }) => {
      captured.push(Math.round((100 * usedBytes) / LIMIT));
    },
  });
  // The first look is under way.
  await new Promise((resolve) => setImmediate(resolve));
  return { clock, looks, captured, stop };
}

describe('the watch of a heap', () => {
  it('looks seldom while there is room, and captures nothing', async () => {
    const { clock, looks, captured } = await watched(() => 20 * MIB);
    await clock.advance(60);
    assert.ok(looks.length < 40, String(looks.length));
    assert.deepEqual(captured, []);
  });

  it('has captured what fills the heap near its end, however fast that comes', async () => {
    for (const mibPerSecond of [1, 20, 200]) {
      const { clock, captured, stop } = await watched((at) => Math.min(LIMIT, at * mibPerSecond * MIB));
      await clock.advance(0.99 * (512 / mibPerSecond));
      stop();
      const last = captured.at(-1) ?? 0;
      assert.ok(last >= 92, `${mibPerSecond} MiB/s: ${captured.join()}`);
    }
  });

  it('goes on when the heap does not answer, and ends when it is stopped', async () => {
    const { clock, looks, captured, stop } = await watched(() => undefined);
    await clock.advance(10);
    assert.ok(looks.length >= 9 && looks.length <= 11);
    stop();
    await clock.advance(10);
    assert.ok(looks.length <= 11);
    assert.deepEqual(captured, []);
  });
});
