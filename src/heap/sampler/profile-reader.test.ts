import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);
const HERE = import.meta.dirname;

/** A program that keeps 300,000 objects made by `remember`, is wedged, and is read from a worker meanwhile. */
const program = (wedge: string, startSampler: string): string => `
  import { Worker } from 'node:worker_threads';
  import { startSampler } from '${HERE}/sampler.ts';
  import { loadNativeSampler } from '${HERE}/native-sampler.ts';
  ${startSampler}
  function remember(i) { return { i, text: 'kept ' + i }; }
  globalThis.kept = Array.from({ length: 300_000 }, (_, i) => remember(i));
  new Worker(\`
    import { parentPort, workerData } from 'node:worker_threads';
    import { writeSync } from 'node:fs';
    import { openMainThreadReader } from '${HERE}/profile-reader.ts';
    await new Promise((resolve) => setTimeout(resolve, 300)); // By now main is wedged.
    const reading = await openMainThreadReader(workerData).read(10);
    const sum = ({ selfSize, callFrame, children }) =>
      (workerData.kind === 'foreign' || callFrame.functionName === 'remember' ? selfSize : 0) + children.reduce((all, child) => all + sum(child), 0);
    writeSync(1, JSON.stringify({ ...reading, document: undefined, bytes: reading.document && sum(reading.document.head) }));
    // This thread must not end by itself: Node.js aborts where a thread ends while its session is being closed.
    parentPort.once('message', () => {}).postMessage('read');
  \`, { eval: true, workerData: sampler.state }).on('message', () => process.exit());
  const flag = new Int32Array(new SharedArrayBuffer(4));
  setTimeout(() => { ${wedge} }, 100);
`;

interface Answer {
  readonly kind: string;
  readonly tookSeconds?: number;
  readonly bytes?: number;
  readonly reason?: string;
}

async function ask(wedge: string, startSampler: string): Promise<Answer> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program(wedge, startSampler)]);
  return JSON.parse(stdout) as Answer;
}

const NATIVE = `const sampler = startSampler({ sampleBytes: 65536, inlining: 'off', beforeApplication: true });`;
const WEDGE_SECONDS = 4;

const WEDGES = {
  'a busy loop': `const end = Date.now() + ${1000 * WEDGE_SECONDS}; while (Date.now() < end);`,
  'a runaway regular expression': "/^(a+)+$/.test('a'.repeat(27) + 'b');",
  'Atomics.wait': `Atomics.wait(flag, 0, 0, ${1000 * WEDGE_SECONDS});`,
};

describe("the main thread's profile, read from a worker", () => {
  for (const [name, wedge] of Object.entries(WEDGES)) {
    it(`is there during ${name}`, async () => {
      const { kind, tookSeconds = Number.NaN, bytes = 0 } = await ask(wedge, NATIVE);
      assert.equal(kind, 'read');
      assert.ok(tookSeconds < 1, `after ${tookSeconds} s`);
      assert.ok(bytes > 10_000_000, `${bytes} bytes of remember`);
    });
  }

  it("is read from a sampler that another profiler started, and that profiler's stays", async () => {
    const foreign = `
      const other = loadNativeSampler();
      other.start(65536, 32);
      const sampler = startSampler({ sampleBytes: 512, inlining: 'off', beforeApplication: true });
      sampler.stop();
      if (!other.isRunning()) throw new Error('the other profiler was ended');
    `;
    // Inlining is as the other one wants it, so the bytes may stand at the caller.
    const { kind, bytes = 0 } = await ask('', foreign);
    assert.equal(kind, 'read');
    assert.ok(bytes > 10_000_000);
  });

  it('says when that profiler has ended it', async () => {
    const ended = `
      const other = loadNativeSampler();
      other.start(65536, 32);
      const sampler = startSampler({ sampleBytes: 512, inlining: 'off', beforeApplication: true });
      other.stop();
    `;
    const { kind, reason } = await ask('', ended);
    assert.equal(kind, 'not-sampling');
    assert.match(reason ?? '', /not started/);
  });

  it('comes from a sampler of its own where the native part is missing', async () => {
    const inspector = `
      const sampler = { state: { kind: 'inspector', reason: 'test', sampleBytes: 16384, stackDepth: 64, inlining: true } };
      setTimeout(() => { globalThis.more = Array.from({ length: 300_000 }, (_, i) => remember(i)); }, 250);
    `;
    const { kind } = await ask('', inspector);
    assert.equal(kind, 'read');
  });
});
