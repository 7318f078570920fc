import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLane } from './lane.ts';

describe('lane', () => {
  it('does one thing at a time, in order, and goes on after a failure', async () => {
    const lane = createLane(10);
    const done: string[] = [];
    const task = (name: string, ticks: number) => async () => {
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      done.push(name);
      if (name === 'fails') throw new Error(name);
    };
    lane.run(task('slow', 20));
    const failing = lane.run(task('fails', 1));
    lane.run(task('last', 0));
    await assert.rejects(failing ?? Promise.resolve(), /fails/);
    await lane.idle();
    assert.deepEqual(done, ['slow', 'fails', 'last']);
  });

  it('takes no more than it may hold, and again when one has ended', async () => {
    const lane = createLane(2);
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = lane.run(() => promise);
    lane.run(async () => {});
    assert.equal(
      lane.run(async () => {}),
      undefined,
    );
    resolve();
    await first;
    assert.ok(lane.run(async () => {}));
    await lane.idle();
  });
});
