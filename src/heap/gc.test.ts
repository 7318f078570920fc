import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { watchGc } from './gc.ts';
import { readThisThreadsHeap } from './this-thread.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options?: { type: 'minor' }) => void;

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i += 1) await sleep(10);
  assert.ok(condition());
}

describe('watching collections', () => {
  it('counts them by kind, and notes the floor after a major one', async () => {
    let majors = 0;
    const watch = watchGc(
      () => 42,
      () => {
        majors += 1;
      },
    );
    assert.equal(watch.read().floorBytes, undefined);
    collect({ type: 'minor' });
    await until(() => watch.read().kinds.minor.count > 0);
    collect();
    await until(() => majors > 0);
    const { kinds, floorBytes, floorAtSeconds } = watch.read();
    assert.ok(kinds.major.count >= 1 && kinds.major.seconds > 0);
    assert.equal(floorAtSeconds, 42);
    assert.ok(floorBytes !== undefined && floorBytes > 1_000_000);
    watch.stop();
  });

  it('stops', async () => {
    const watch = watchGc(() => 0);
    watch.stop();
    collect();
    await sleep(30);
    assert.equal(watch.read().kinds.major.count, 0);
  });
});

describe("this thread's heap", () => {
  it('sees a buffer off the heap and a string on it', () => {
    const watch = watchGc(() => 0);
    const before = readThisThreadsHeap(1, watch.read());
    const buffer = new ArrayBuffer(32 * 1024 ** 2);
    const strings = Array.from({ length: 200_000 }, (_, index) => `kept ${index}`);
    const after = readThisThreadsHeap(2, watch.read());
    assert.ok(after.arrayBuffersBytes - before.arrayBuffersBytes >= buffer.byteLength);
    assert.ok(after.externalBytes - before.externalBytes > 0.95 * buffer.byteLength);
    assert.ok(after.usedBytes - before.usedBytes > 4 * strings.length);
    assert.ok(after.usedBytes <= after.totalBytes && after.totalBytes <= after.limitBytes);
    watch.stop();
  });
});
