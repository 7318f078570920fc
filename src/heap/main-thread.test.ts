import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A program whose main thread is wedged by `wedge` while a worker asks for its heap, and prints the answer. */
const program = (wedge: string): string => `
  import { Worker } from 'node:worker_threads';
  globalThis.kept = Array.from({ length: 300_000 }, (_, i) => ({ i }));
  new Worker(\`
    import { askMainThreadsHeap } from '${new URL('./main-thread.ts', import.meta.url).href}';
    import { writeSync } from 'node:fs';
    await new Promise((resolve) => setTimeout(resolve, 300)); // By now main is wedged.
    writeSync(1, JSON.stringify(await askMainThreadsHeap(5) ?? 'no answer'));
    process.exit();
  \`, { eval: true }).unref();
  const flag = new Int32Array(new SharedArrayBuffer(4));
  setTimeout(() => { ${wedge} }, 50);
  setTimeout(() => {}, 60);
`;

const WEDGES = {
  'a busy loop': 'const end = Date.now() + 1500; while (Date.now() < end);',
  'a runaway regular expression': "/^(a+)+$/.test('a'.repeat(27) + 'b');",
  'Atomics.wait': 'Atomics.wait(flag, 0, 0, 1500);',
};

describe("the main thread's heap, asked from a worker", () => {
  for (const [name, wedge] of Object.entries(WEDGES)) {
    it(`answers during ${name}`, async () => {
      const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program(wedge)]);
      const usage = JSON.parse(stdout) as { usedBytes: number; totalBytes: number };
      assert.ok(usage.usedBytes > 8_000_000, stdout);
      assert.ok(usage.usedBytes <= usage.totalBytes, stdout);
    });
  }
});
