import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { type Answer, answer, startReceiver } from '../../../test/receiver.ts';
import type { Notification } from '../../model/index.ts';
import { createWebhookChannel, MAX_PENDING, type WebhookOptions } from './index.ts';

function notification(id: string, kind: Notification['kind'] = 'firing'): Notification {
  return {
    id,
    incidentId: 'i',
    kind,
    key: 'high_memory',
    type: 'memory',
    severity: 'high',
    title: 'High memory usage',
    message: 'High memory usage: 91.2% (21.3GB used)',
    startedAtSeconds: 0,
    atSeconds: 0,
  };
}

function channel(urls: readonly string[], more: Partial<WebhookOptions> = {}) {
  const waits: number[] = [];
  const stop = new AbortController();
  let drops = 0;
  const created = createWebhookChannel({
    urls,
    timeoutSeconds: 20,
    maxRetries: 3,
    host: 'db-1',
    nowSeconds: () => 0,
    random: () => 0,
    sleep: async (seconds) => void waits.push(seconds),
    stop: stop.signal,
    onDrop: () => {
      drops += 1;
    },
    ...more,
  });
  return { ...created, waits, stop, drops: () => drops };
}

async function receiver(t: TestContext, ...answers: Answer[]) {
  const started = await startReceiver(...answers);
  t.after(() => started.close());
  return { ...started, host: started.origin.replace('http://', '') };
}

const idsOf = (received: readonly { readonly body: string }[]) =>
  received.map(({ body }) => (JSON.parse(body) as { id: string }).id);

describe('webhook channel', () => {
  it('tries again after a failure, with the same body', async (t) => {
    const { origin, host, received } = await receiver(t, answer(500), answer(200));
    const hook = channel([origin]);
    assert.deepEqual(await hook.deliver(notification('a')), {
      outcome: 'delivered',
      attempts: 2,
      detail: `${host}: HTTP 200`,
    });
    assert.deepEqual(hook.waits, [0.5]);
    assert.equal(received[0]?.body, received[1]?.body);
  });

  it('waits as long as it is asked to', async (t) => {
    const { origin } = await receiver(t, answer(429, '', { 'retry-after': '9' }), answer(200));
    const hook = channel([origin]);
    await hook.deliver(notification('a'));
    assert.deepEqual(hook.waits, [9]);
  });

  it('gives each address its own answer', async (t) => {
    const good = await receiver(t);
    const bad = await receiver(t, answer(404));
    const hook = channel([good.origin, bad.origin, 'http://[broken']);
    assert.deepEqual(await hook.deliver(notification('a')), {
      outcome: 'failed',
      attempts: 2,
      detail: `${good.host}: HTTP 200; ${bad.host}: HTTP 404; not a valid address: correct WEBHOOK_URLS`,
    });
  });

  it('keeps the order, and lets no address wait for another', async (t) => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const slow = await receiver(t, (response) => void released.then(() => response.end()));
    const quick = await receiver(t);
    const hook = channel([slow.origin, quick.origin]);
    const deliveries = ['a', 'b', 'c'].map((id) => hook.deliver(notification(id)));
    while (quick.received.length < 3) await new Promise(setImmediate);
    assert.ok(slow.received.length <= 1);
    release();
    await Promise.all(deliveries);
    await hook.idle();
    assert.deepEqual(
      [idsOf(quick.received), idsOf(slow.received)],
      [
        ['a', 'b', 'c'],
        ['a', 'b', 'c'],
      ],
    );
  });

  it('drops what is too much, and counts it', async (t) => {
    const { origin } = await receiver(t, () => {});
    const hook = channel([origin]);
    const waiting = Array.from({ length: MAX_PENDING }, (_, index) => hook.deliver(notification(`${index}`)));
    const { outcome, attempts, detail } = await hook.deliver(notification('too much'));
    assert.deepEqual([outcome, attempts, hook.drops()], ['failed', 0, 1]);
    assert.match(detail, /dropped: 100 wait already/);
    hook.stop.abort();
    const stopped = await Promise.all(waiting);
    await hook.idle();
    assert.ok(stopped.every((each) => each.outcome === 'failed' && /the monitor stopped/.test(each.detail)));
    assert.equal(stopped.at(-1)?.attempts, 0);
  });

  it('sends a test past the queue, once', async (t) => {
    const { origin, received } = await receiver(t, () => {}, answer(500));
    const hook = channel([origin]);
    const stuck = hook.deliver(notification('stuck'));
    while (received.length < 1) await new Promise(setImmediate);
    const { outcome, attempts } = await hook.deliver(notification('test', 'test'));
    assert.deepEqual([outcome, attempts], ['failed', 1]);
    hook.stop.abort();
    await stuck;
  });
});
