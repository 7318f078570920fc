import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createManualClock } from '../../../test/manual-clock.ts';
import { loadSettings } from '../../config/index.ts';
import type { SamplerAnswer, SamplerOrder, SamplerState } from '../../heap/index.ts';
import type { Profiling } from './profiling.ts';
import { createTracing } from './tracing.ts';

const loaded = loadSettings({ environment: {} });
assert.ok(loaded.ok);
const { settings } = loaded;

const stateOf = (stackDepth: number): SamplerState => ({
  kind: 'native',
  sampleBytes: 524_288,
  stackDepth,
  beforeApplication: false,
  inlining: false,
});

function bench(initial?: SamplerState) {
  const clock = createManualClock();
  const log: string[] = [];
  let answer: () => Promise<SamplerAnswer | { kind: 'no-answer' }> = async () => ({ kind: 'unchanged' });
  const tracing = createTracing({
    watched: {
      initial,
      order: (order: SamplerOrder) => {
        log.push(order.kind);
        return answer();
      },
      open: (sampler) => ({
        sampler,
        reader: { read: async () => ({ kind: 'no-answer' }), close: () => {} },
        onMajorCollection: () => () => {},
      }),
    },
    settings: () => settings,
    clock,
    profile: () => ({ stop: () => log.push('profiling ends'), heldBytes: () => 7 }) as unknown as Profiling,
  });
  const give = (next: SamplerAnswer | { kind: 'no-answer' }): void => {
    answer = async () => next;
  };
  return { tracing, clock, log, give, answerWith: (next: typeof answer) => (answer = next) };
}

describe('tracing', () => {
  it('is on from the start where the setting says so', () => {
    const { tracing, clock } = bench(stateOf(64));
    assert.deepEqual(tracing.state(), {
      kind: 'on',
      sampler: stateOf(64),
      sinceSeconds: clock.wallSeconds(),
      startedBy: 'setting',
      tracebackLimit: 64,
    });
  });

  it('begins and ends by request; what was kept stays', async () => {
    const { tracing, give, log, clock } = bench();
    assert.deepEqual(tracing.state(), { kind: 'off', tracebackLimit: 64 });
    assert.equal(tracing.keeping(), undefined);
    await clock.advance(10);
    give({ kind: 'switched', sampler: stateOf(5) });
    const begun = await tracing.order({ kind: 'start', stackDepth: 5 });
    assert.deepEqual(begun, { kind: 'done', changed: true, state: tracing.state() });
    const { sampler: _sampler, ...shown } = tracing.state() as Record<string, unknown>;
    assert.deepEqual(shown, {
      kind: 'on',
      sinceSeconds: clock.wallSeconds(),
      startedBy: 'request',
      tracebackLimit: 5,
    });
    const keeping = tracing.keeping();
    give({ kind: 'switched' });
    await tracing.order({ kind: 'stop' });
    assert.equal(tracing.profiling(), undefined);
    assert.deepEqual([tracing.keeping(), tracing.state().kind], [keeping, 'off']);
    assert.deepEqual(log, ['start', 'stop', 'profiling ends']);
  });

  it('goes on as before where there was nothing to do', async () => {
    const { tracing, give, log } = bench(stateOf(64));
    const before = tracing.profiling();
    give({ kind: 'unchanged', sampler: stateOf(64) });
    const outcome = await tracing.order({ kind: 'start', stackDepth: 9 });
    assert.deepEqual(outcome, { kind: 'done', changed: false, state: tracing.state() });
    assert.equal(tracing.profiling(), before);
    assert.deepEqual(log, ['start']);
  });

  it('forgets all readings when it is cleared, and stays what it was', async () => {
    const { tracing, give, clock } = bench(stateOf(64));
    const before = tracing.profiling();
    await clock.advance(3);
    give({ kind: 'switched', sampler: stateOf(64) });
    await tracing.order({ kind: 'clear' });
    assert.notEqual(tracing.profiling(), before);
    const state = tracing.state();
    assert.ok(state.kind === 'on');
    assert.deepEqual([state.startedBy, state.sinceSeconds], ['setting', clock.wallSeconds()]);
  });

  it('is left as it is by a thread that does not answer, or a sampler of somebody else', async () => {
    for (const kind of ['no-answer', 'foreign'] as const) {
      const { tracing, give } = bench({ kind: 'foreign' });
      const before = tracing.profiling();
      give({ kind });
      assert.deepEqual(await tracing.order({ kind: 'stop' }), { kind });
      assert.equal(tracing.profiling(), before);
    }
  });

  it('carries out one order after the other, also after one that failed', async () => {
    const { tracing, log, answerWith } = bench();
    let finish = (): void => {};
    answerWith(
      () =>
        new Promise((_, reject) => {
          finish = () => reject(new Error('lost'));
        }),
    );
    const first = tracing.order({ kind: 'start' });
    const second = tracing.order({ kind: 'stop' });
    await Promise.resolve();
    assert.deepEqual(log, ['start']);
    answerWith(async () => ({ kind: 'unchanged' }));
    finish();
    await assert.rejects(first, /lost/);
    assert.equal((await second).kind, 'done');
    assert.deepEqual(log, ['start', 'stop']);
  });

  it('is unavailable where no thread can be sampled', async () => {
    const tracing = createTracing({
      settings: () => settings,
      clock: createManualClock(),
      profile: () => assert.fail('nothing to profile'),
    });
    assert.deepEqual(await tracing.order({ kind: 'start' }), { kind: 'unavailable' });
    assert.equal(tracing.heldBytes(), 0);
  });
});
