import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { describe, it } from 'node:test';

/** A program whose main thread is wedged by `wedge` for long, while a worker asks for its heap and prints the answer. */
const program = (wedge: string): string => `
  import { Worker } from 'node:worker_threads';
  globalThis.kept = Array.from({ length: 300_000 }, (_, i) => ({ i }));
  const wedged = new Int32Array(new SharedArrayBuffer(4));
  new Worker(\`
    import { askMainThreadsHeap } from '${new URL('./main-thread.ts', import.meta.url).href}';
    import { writeSync } from 'node:fs';
    import { workerData } from 'node:worker_threads';
    Atomics.wait(workerData, 0, 0);
    await new Promise((resolve) => setTimeout(resolve, 300)); // From the mark to the wedge itself.
    writeSync(1, JSON.stringify(await askMainThreadsHeap(20) ?? 'no answer') + '\\\\n');
  \`, { eval: true, workerData: wedged });
  const never = new Int32Array(new SharedArrayBuffer(4));
  setTimeout(() => { Atomics.store(wedged, 0, 1); Atomics.notify(wedged, 0); ${wedge} }, 50);
`;

const WEDGES = {
  'a busy loop': 'for (;;);',
  'a runaway regular expression': "/^(a+)+$/.test('a'.repeat(60) + 'b');",
  'Atomics.wait': 'Atomics.wait(never, 0, 0);',
};

function firstLine(code: string): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => {
      child.kill('SIGKILL');
      resolve(text);
    });
    child.once('exit', () => reject(new Error('it ended without an answer')));
  });
}

describe("the main thread's heap, asked from a worker", () => {
  for (const [name, wedge] of Object.entries(WEDGES)) {
    it(`answers during ${name}`, async () => {
      const line = await firstLine(program(wedge));
      const usage = JSON.parse(line) as { usedBytes: number; totalBytes: number };
      assert.ok(usage.usedBytes > 8_000_000, line);
      assert.ok(usage.usedBytes <= usage.totalBytes, line);
    });
  }
});
