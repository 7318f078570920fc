import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import type { SamplerSwitch } from '../heap/index.ts';
import { createSamplerOrders, type SamplerOrderMessage, takeOrder } from './sampler-orders.ts';

const order = { type: 'sampler-order', id: 1, order: { kind: 'stop' }, untilSeconds: 100 } as const;

function countingSwitch() {
  const carryOut = mock.fn(() => ({ kind: 'unchanged' as const }));
  const sampler: SamplerSwitch = { state: () => undefined, carryOut, close: () => {} };
  return { sampler, calls: () => carryOut.mock.callCount() };
}

describe('an order for the sampler', () => {
  it('is answered by what carried it out', async () => {
    const posted: SamplerOrderMessage[] = [];
    const { sampler } = countingSwitch();
    const orders = createSamplerOrders(
      (message) => posted.push(message),
      () => 50,
    );
    const [one, two] = [orders.send({ kind: 'clear' }), orders.send({ kind: 'start', stackDepth: 3 })];
    for (const message of posted.toReversed()) {
      const answer = takeOrder(message, sampler, 51);
      assert.ok(answer);
      orders.settle({ ...answer, answer: { kind: message.order.kind === 'clear' ? 'foreign' : 'switched' } });
    }
    assert.deepEqual([await one, await two], [{ kind: 'foreign' }, { kind: 'switched' }]);
  });

  it('is void when the thread takes it too late', () => {
    const { sampler, calls } = countingSwitch();
    assert.equal(takeOrder(order, sampler, 100.1), undefined);
    assert.equal(calls(), 0);
    assert.ok(takeOrder(order, sampler, 100));
    assert.equal(calls(), 1);
  });

  it('is given up on', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const orders = createSamplerOrders(
      () => {},
      () => 0,
    );
    const answer = orders.send({ kind: 'stop' });
    context.mock.timers.tick(6000);
    assert.deepEqual(await answer, { kind: 'no-answer' });
    orders.settle({ type: 'sampler-answer', id: 1, answer: { kind: 'switched' } });
  });
});
