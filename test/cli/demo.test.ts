// `plimsoll demo` as a process of its own: the service it starts is watched, and never outlives it.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

const ANSWER_TIMEOUT_MS = 5000;
const runMain = join(import.meta.dirname, 'run-main.ts');

/** Ends with the test, however that ends. */
async function startDemo(test: TestContext): Promise<{ readonly demo: ChildProcess; readonly url: string }> {
  const demo = spawn(process.execPath, [runMain, 'demo', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  test.after(() => demo.kill());
  assert.ok(demo.stdout);
  for await (const line of createInterface({ input: demo.stdout })) {
    const [url] = line.match(/http:\/\/\S+/) ?? [];
    if (url) return { demo, url };
  }
  return assert.fail('it ended without saying where to look');
}

/** Asks until it answers as expected; the machine may be slow. */
async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await isSo()) return;
    await sleep(100);
  }
  assert.fail('it never came true');
}

const answers = (url: string) =>
  fetch(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) }).then(
    async (response) => {
      await response.body?.cancel();
      return response.ok;
    },
    () => false,
  );

async function heapUsedBytes(url: string): Promise<number> {
  const text = await (
    await fetch(new URL('metrics', url), { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) })
  ).text();
  return Number(text.match(/process_memory_bytes\{type="heap_used"\} (\d+)/)?.[1]);
}

describe('plimsoll demo', () => {
  it('runs a service whose heap is seen to grow, until it is told to end', async (test) => {
    const { demo, url } = await startDemo(test);
    await eventually(() => answers(new URL('readyz', url).href));
    const before = await heapUsedBytes(url);
    await eventually(async () => (await heapUsedBytes(url)) > before + 5e6);
    demo.kill('SIGTERM');
    const [code] = await once(demo, 'exit');
    assert.equal(code, 0);
    assert.equal(await answers(url), false);
  });

  it('leaves nothing behind when it is killed', async (test) => {
    const { demo, url } = await startDemo(test);
    await eventually(() => answers(new URL('healthz', url).href));
    demo.kill('SIGKILL');
    await eventually(async () => !(await answers(url)));
  });
});
