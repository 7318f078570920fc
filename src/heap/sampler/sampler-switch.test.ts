import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { otherNodes } from '../../../scripts/other-nodes.ts';

const run = promisify(execFile);
const HERE = new URL('.', import.meta.url).href;

/** `report` is printed as JSON at the end. */
async function evaluate(node: string, code: string): Promise<unknown> {
  const program = `
    import { createSamplerSwitch } from '${HERE}sampler-switch.ts';
    import { loadNativeSampler } from '${HERE}native-sampler.ts';
    import { startSampler } from '${HERE}sampler.ts';
    const native = loadNativeSampler();
    const options = { sampleBytes: 65536, inlining: 'off' };
    const report = {};
    ${code}
    console.log(JSON.stringify(report));`;
  const { stdout } = await run(node, ['--input-type=module', '-e', program]);
  return JSON.parse(stdout);
}

for (const node of [process.execPath, ...otherNodes()])
  describe(`the sampler's switch on ${node === process.execPath ? process.version : node}`, () => {
    it('starts, keeps the first of two starts, stops, and starts again', async () => {
      const report = await evaluate(
        node,
        `const sampler = createSamplerSwitch(options);
         const say = (order) => { const { kind, sampler: state } = sampler.carryOut(order); return [kind, state?.stackDepth, native.isRunning()]; };
         report.said = [{ kind: 'clear' }, { kind: 'stop' }, { kind: 'start', stackDepth: 5 }, { kind: 'start', stackDepth: 9 },
           { kind: 'clear' }, { kind: 'stop' }, { kind: 'start' }].map(say);
         sampler.close();
         report.closed = native.isRunning();`,
      );
      assert.deepEqual(report, {
        said: [
          ['unchanged', null, false],
          ['unchanged', null, false],
          ['switched', 5, true],
          ['unchanged', 5, true],
          ['switched', 5, true],
          ['switched', null, false],
          ['switched', 64, true],
        ],
        closed: false,
      });
    });

    it('leaves what another profiler runs alone', async () => {
      const report = await evaluate(
        node,
        `native.start(65536, 8);
         const sampler = createSamplerSwitch(options);
         report.said = ['start', 'stop', 'clear'].map((kind) => sampler.carryOut({ kind }).kind);
         sampler.close();
         report.runs = native.isRunning();`,
      );
      assert.deepEqual(report, { said: ['switched', 'foreign', 'foreign'], runs: true });
    });

    it('starts over what another profiler has ended', async () => {
      const report = await evaluate(
        node,
        `const sampler = createSamplerSwitch(options, startSampler({ ...options, beforeApplication: true }));
         native.stop();
         report.answer = sampler.carryOut({ kind: 'start' });
         report.runs = native.isRunning();
         sampler.close();`,
      );
      const { answer, runs } = report as { answer: { kind: string; sampler: object }; runs: boolean };
      assert.deepEqual([answer.kind, runs], ['switched', true]);
      assert.deepEqual(answer.sampler, {
        kind: 'native',
        beforeApplication: false,
        sampleBytes: 65_536,
        stackDepth: 64,
        inlining: false,
      });
    });
  });
