import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import { type Answer, answer, startReceiver } from '../../test/receiver.ts';
import { loadSettings } from '../config/index.ts';
import { CHANNEL_NAMES, type Notification, SEVERITIES, type Severity } from '../model/index.ts';
import { createNotifier, type NotifySettings } from './notifier.ts';

const START = 1_750_000_000;

function settingsFrom(environment: Record<string, string>): NotifySettings {
  const loaded = loadSettings({ environment });
  assert.ok(loaded.ok);
  return loaded.settings;
}

function notification(severity: Severity = 'high'): Notification {
  return {
    id: 'high_memory-1-1-1',
    incidentId: 'high_memory-1-1',
    kind: 'firing',
    key: 'high_memory',
    type: 'memory',
    severity,
    title: 'High memory usage',
    message: 'High memory usage: 91.2% (21.3GB used)',
    startedAtSeconds: START,
    atSeconds: START,
  };
}

type Line = readonly [level: string, event: string, fields: Readonly<Record<string, unknown>> | undefined];

function notifier(settings: NotifySettings | (() => NotifySettings)) {
  const lines: Line[] = [];
  const created = createNotifier({
    settings: typeof settings === 'function' ? settings : () => settings,
    log: (level, event, fields) => lines.push([level, event, fields]),
    clock: {
      wallSeconds: () => START,
      after: (_, callback) => {
        const immediate = setImmediate(callback);
        return () => clearImmediate(immediate);
      },
    },
    random: () => 0,
    host: 'db-1',
  });
  return { ...created, lines };
}

async function receiver(t: TestContext, ...answers: Answer[]) {
  const started = await startReceiver(...answers);
  t.after(() => started.close());
  return started;
}

describe('notifier', () => {
  it('sends through every configured channel and tells what each said', async (t) => {
    const { origin, received } = await receiver(t, answer(200));
    const alerts = notifier(settingsFrom({ WEBHOOK_URLS: `${origin}/secret-token` }));
    const deliveries = await alerts.send(notification());
    const common = { notificationId: 'high_memory-1-1-1', incidentId: 'high_memory-1-1', atSeconds: START };
    const detail = `${origin.replace('http://', '')}: HTTP 200`;
    assert.deepEqual(deliveries, [
      { ...common, channel: 'webhook', outcome: 'delivered', attempts: 1, detail },
      { ...common, channel: 'log', outcome: 'delivered', attempts: 1, detail: 'written' },
    ]);
    const sent: unknown = JSON.parse(received[0]?.body ?? '');
    assert.deepEqual(alerts.lines, [['error', 'notification', sent]]);
    assert.doesNotMatch(JSON.stringify([deliveries, alerts.lines]), /secret-token/);
  });

  it('goes by the routes in force', async () => {
    let settings = settingsFrom({ HIGH_NOTIFICATION_ROUTES: '' });
    const alerts = notifier(() => settings);
    assert.deepEqual(await alerts.send(notification('high')), []);
    settings = settingsFrom({ HIGH_NOTIFICATION_ROUTES: 'log' });
    assert.deepEqual(
      (await alerts.send(notification('high'))).map(({ channel }) => channel),
      ['log'],
    );
  });

  it('sends nothing through a channel that is not configured, and says so', async () => {
    const unconfigured = fc.constantFrom(...CHANNEL_NAMES.filter((name) => name !== 'log'));
    await fc.assert(
      fc.asyncProperty(unconfigured, fc.constantFrom(...SEVERITIES), async (name, severity) => {
        const routes = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'].map((priority) => [
          `${priority}_NOTIFICATION_ROUTES`,
          name,
        ]);
        const alerts = notifier(settingsFrom(Object.fromEntries(routes)));
        for (let turn = 0; turn < 2; turn += 1) {
          const [delivery, ...others] = await alerts.send(notification(severity));
          assert.deepEqual(
            [delivery?.channel, delivery?.outcome, delivery?.attempts, delivery?.detail, others],
            [name, 'failed', 0, 'not configured', []],
          );
        }
        assert.deepEqual(alerts.lines, [
          ['warning', 'notification channel cannot be used', { channel: name, problem: 'not configured' }],
        ]);
      }),
    );
  });

  it('says once that a configured channel is not available', async () => {
    const alerts = notifier(settingsFrom({ ALERTMANAGER_URL: 'http://127.0.0.1:1' }));
    const problem = 'not available in this version';
    const said = ['warning', 'notification channel cannot be used', { channel: 'alertmanager', problem }];
    assert.deepEqual(alerts.lines, [said]);
    const state = alerts.channels().find(({ name }) => name === 'alertmanager');
    assert.deepEqual(state, { name: 'alertmanager', configured: true, problem });
    const details = [...(await alerts.send(notification())), ...(await alerts.test())]
      .filter(({ channel }) => channel === 'alertmanager')
      .map(({ outcome, detail }) => [outcome, detail]);
    assert.deepEqual(details, [
      ['failed', problem],
      ['failed', problem],
    ]);
    assert.equal(alerts.lines.filter(([, event]) => event !== 'notification').length, 1);
  });

  it('tests every configured channel, whatever the routes, with one attempt', async (t) => {
    const { origin, received } = await receiver(t, answer(503));
    const routes = { LOW_NOTIFICATION_ROUTES: '', WEBHOOK_URLS: origin };
    const alerts = notifier(settingsFrom(routes));
    const deliveries = await alerts.test();
    assert.deepEqual(
      deliveries.map(({ channel, outcome, attempts }) => [channel, outcome, attempts]),
      [
        ['webhook', 'failed', 1],
        ['log', 'delivered', 1],
      ],
    );
    assert.equal(received.length, 1);
    assert.match(received[0]?.body ?? '', /"status":"test"/);
  });

  it('stops at once, whatever is under way, and sends nothing afterwards', async (t) => {
    const { origin, received } = await receiver(t, () => {});
    const alerts = notifier(settingsFrom({ WEBHOOK_URLS: origin, HIGH_NOTIFICATION_ROUTES: 'webhook' }));
    const hanging = alerts.send(notification());
    while (received.length < 1) await new Promise(setImmediate);
    await alerts.stop();
    const late = await alerts.send(notification());
    for (const [delivery] of [await hanging, late]) {
      assert.equal(delivery?.outcome, 'failed');
      assert.match(delivery?.detail ?? '', /the monitor stopped/);
    }
    assert.equal(received.length, 1);
  });

  it('outlives a log that cannot be written', async () => {
    const alerts = createNotifier({
      settings: () => settingsFrom({ HIGH_NOTIFICATION_ROUTES: 'all,slack' }),
      log: () => {
        throw new TypeError('EPIPE at /secret');
      },
      clock: { wallSeconds: () => START, after: () => () => {} },
    });
    const deliveries = await alerts.send(notification());
    assert.deepEqual(
      deliveries.map(({ channel, outcome, detail }) => [channel, outcome, detail]),
      [
        ['slack', 'failed', 'failed inside: TypeError'],
        ['log', 'failed', 'failed inside: TypeError'],
      ],
    );
  });
});
