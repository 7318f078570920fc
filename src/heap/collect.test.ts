import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { openOwnCollector } from './collect.ts';
import { watchGc } from './gc.ts';

const COLLECT = new URL('./collect.ts', import.meta.url).href;

/** The next major collection of this thread. */
function majorCollection(): Promise<void> {
  return new Promise((resolve) => {
    const watch = watchGc(
      () => 0,
      () => {
        watch.stop();
        resolve();
      },
    );
  });
}

describe('collections on request', () => {
  it('come to the thread that asks', async () => {
    const collected = majorCollection();
    openOwnCollector()();
    await collected;
    assert.equal('gc' in globalThis, false, 'nothing is left behind');
  });

  it("come to the main thread from a worker's", async () => {
    const collected = majorCollection();
    const worker = new Worker(
      `import('${COLLECT}').then(({ collectMainThread }) => {
         void collectMainThread();
         require('node:worker_threads').parentPort.once('message', () => {});
       });`,
      { eval: true },
    );
    await collected;
    worker.postMessage('end');
    const [code] = await once(worker, 'exit');
    assert.equal(code, 0);
  });
});
