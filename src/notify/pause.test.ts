import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pause } from './pause.ts';

function fakeClock() {
  const waiting = new Map<() => void, number>();
  return {
    waiting,
    after: (seconds: number, callback: () => void) => {
      waiting.set(callback, seconds);
      return () => void waiting.delete(callback);
    },
  };
}

describe('pause', () => {
  it('ends when its time has come', async () => {
    const { after, waiting } = fakeClock();
    const paused = pause(after, 5, new AbortController().signal);
    assert.deepEqual([...waiting.values()], [5]);
    for (const callback of waiting.keys()) callback();
    await paused;
  });

  it('ends when it is stopped, and leaves no timer behind', async () => {
    const { after, waiting } = fakeClock();
    const stop = new AbortController();
    const paused = pause(after, 5, stop.signal);
    stop.abort();
    await paused;
    await pause(after, 5, stop.signal);
    assert.equal(waiting.size, 0);
  });
});
