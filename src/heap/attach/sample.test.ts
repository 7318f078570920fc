import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GIB, MIB } from '../../units/index.ts';
import type { Answer, Connection } from './connection.ts';
import { type SampleOptions, sample } from './sample.ts';

const EMPTY = { profile: { head: { children: [] }, samples: [] } };
const NOT_STARTED: Answer = { kind: 'error', message: 'V8 sampling heap profiler was not started.' };

/** An inspector that says what it is told to. */
function inspector(answers: Readonly<Record<string, Answer | object>>) {
  const asked: string[] = [];
  const connection: Connection = {
    ask: async (method) => {
      asked.push(method);
      const answer = answers[method] ?? {};
      return 'kind' in answer ? (answer as Answer) : { kind: 'result', result: answer };
    },
    leaveLastWords: () => {},
    ended: new Promise(() => {}),
    close: () => {},
  };
  return { connection, asked };
}

const heapOf = (usedSize: number) => ({
  'Runtime.evaluate': { result: { value: 'v24.1.0' } },
  'Runtime.getHeapUsage': { usedSize },
  'HeapProfiler.getSamplingProfile': NOT_STARTED,
  'HeapProfiler.stopSampling': EMPTY,
});

const OPTIONS: SampleOptions = {
  seconds: 0,
  sampleBytes: 1024,
  abort: new AbortController().signal,
  onForecast: () => {},
  consent: async () => false,
  onSampling: () => {},
};

describe('sampling through an inspector', () => {
  it('starts the sampler, and reads it once', async () => {
    const { connection, asked } = inspector(heapOf(100 * MIB));
    const { nodeVersion, heapUsedBytes, foreignSampler } = await sample(connection, OPTIONS);
    assert.deepEqual([nodeVersion, heapUsedBytes, foreignSampler], ['v24.1.0', 100 * MIB, false]);
    assert.deepEqual(asked.slice(2), [
      'HeapProfiler.getSamplingProfile',
      'HeapProfiler.startSampling',
      'HeapProfiler.stopSampling',
    ]);
  });

  it('asks before it pauses more than 1 GiB, and does nothing against a no', async () => {
    const { connection, asked } = inspector(heapOf(GIB + MIB));
    await assert.rejects(sample(connection, OPTIONS), {
      code: 'ATTACH_NOT_CONFIRMED',
      message: /pause a heap of 1\.00 GiB for about 615 ms to 2\.4 s/,
    });
    assert.ok(!asked.some((method) => method.startsWith('HeapProfiler')));
    await sample(connection, { ...OPTIONS, consent: async () => true });
    assert.ok(asked.includes('HeapProfiler.stopSampling'));
  });

  it("only reads another's sampler, and says when that has ended", async () => {
    const foreign = { ...heapOf(MIB), 'HeapProfiler.getSamplingProfile': EMPTY };
    const { connection, asked } = inspector(foreign);
    assert.equal((await sample(connection, OPTIONS)).foreignSampler, true);
    assert.ok(!asked.some((method) => /st(?:art|op)Sampling/.test(method)));
    let readings = 0;
    const ending: Connection = {
      ...connection,
      ask: async (method, params, seconds) => {
        if (method !== 'HeapProfiler.getSamplingProfile') return connection.ask(method, params, seconds);
        readings += 1;
        return readings === 1 ? { kind: 'result', result: EMPTY } : NOT_STARTED;
      },
    };
    await assert.rejects(sample(ending, OPTIONS), { code: 'SAMPLER_ENDED' });
  });
});
