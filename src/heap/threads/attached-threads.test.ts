import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';

const MODULE = JSON.stringify(new URL('./attached-threads.ts', import.meta.url).href);

const started: Worker[] = [];
after(() => Promise.all(started.map((worker) => worker.terminate())));

async function startThread(code: string, name?: string): Promise<Worker> {
  const worker = new Worker(code, { eval: true, ...(name !== undefined && { name }) });
  started.push(worker);
  await once(worker, 'online');
  return worker;
}

/**
 * What `talk`, the text of a function of the attached threads, answers; asked from a thread of its own. That thread stays: Node.js aborts
 * where a thread ends while its session is being closed.
 */
async function attached(talk: string): Promise<unknown> {
  const asking = await startThread(
    `import(${MODULE}).then(async ({ withAttachedThreads }) =>
      require('node:worker_threads').parentPort.once('message', () => {}).postMessage(await withAttachedThreads(5, ${talk})));`,
    'asking',
  );
  const [answer] = await once(asking, 'message');
  return answer;
}

describe('attached threads', () => {
  it('are all worker threads of the process with their names, nested ones and the asking one included', async () => {
    await startThread('setInterval(() => {}, 1000)', 'idle [a]\n#7');
    await startThread('setInterval(() => {}, 1000)');
    await startThread(
      `new (require('node:worker_threads').Worker)('setInterval(() => {}, 1000)', { eval: true, name: 'inner' });`,
      'outer',
    );
    const names = (await attached(
      'async (threads) => threads.map(({ threadId, name }) => [threadId > 0, name])',
    )) as [boolean, string][];
    assert.ok(names.every(([hasId]) => hasId));
    for (const name of ['idle [a]\n#7', '', 'outer', 'asking'])
      assert.ok(
        names.some(([, found]) => found === name),
        `${JSON.stringify(name)} in ${JSON.stringify(names)}`,
      );
  });

  it('answer, refuse, or have gone', async () => {
    await startThread('setInterval(() => {}, 1000)', 'asked');
    const answers = await attached(`async (threads) => {
      const { ask } = threads.find(({ name }) => name === 'asked');
      return Promise.all(['Runtime.getHeapUsage', 'HeapProfiler.getSamplingProfile'].map((method) => ask(method, 5)));
    }`);
    const [usage, profile] = answers as [{ kind: string; result: { usedSize: number } }, { kind: string }];
    assert.equal(usage.kind, 'answered');
    assert.ok(usage.result.usedSize > 1e6);
    assert.equal(profile.kind, 'refused');
  });

  it('do not answer from a blocking system call, and are not waited for', async () => {
    await startThread(`require('node:child_process').execSync('sleep 3')`, 'blocked');
    const answer = await attached(
      `async (threads) => threads.find(({ name }) => name === 'blocked').ask('Runtime.getHeapUsage', 0.2)`,
    );
    assert.deepEqual(answer, { kind: 'no-answer' });
  });
});
