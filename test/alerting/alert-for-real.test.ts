// The alert from end to end: a host whose memory rises and falls, the real agent, a receiver on loopback. What is promised of
// notifications is counted where they arrive.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NotificationPayload } from '../../src/notify/index.ts';
import { type RunningAgent, startAgent } from '../agent/running-agent.ts';
import { eventually } from '../service/program.ts';
import { type ChangingHost, createChangingHost } from './changing-host.ts';

const CHECK_SECONDS = 0.25;
const DEDUP_SECONDS = 2;

interface Arrival extends NotificationPayload {
  readonly atMs: number;
}

interface Check {
  readonly status: string;
  readonly alerts: readonly {
    readonly key: string;
    readonly type: string;
    readonly severity: string;
    readonly message: string;
    readonly transient?: boolean;
  }[];
}

describe('an alert, for real', () => {
  let host: ChangingHost;
  let receiver: Server;
  let agent: RunningAgent;
  const arrivals: Arrival[] = [];

  before(async () => {
    host = createChangingHost();
    host.set(50);
    const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const payload = (await json(request)) as NotificationPayload;
      arrivals.push({ ...payload, atMs: performance.now() });
      response.end();
    };
    receiver = createServer((request, response) => void receive(request, response)).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const { port } = receiver.address() as AddressInfo;
    agent = await startAgent({
      MONITORING_PROC_ROOT: host.procRoot,
      HEALTH_CHECK_INTERVAL: String(CHECK_SECONDS),
      HEALTH_CHECK_COOLDOWN: '0',
      MONITORING_DEDUP_WINDOW: String(DEDUP_SECONDS),
      WEBHOOK_URLS: `http://127.0.0.1:${port}/hook`,
    });
  });
  after(async () => {
    agent.child.kill();
    await agent.ended;
    receiver.close();
    host.remove();
  });

  const check = async (): Promise<Check> => {
    const response = await fetch(`${agent.url}/api/monitoring/health-check`, { method: 'POST' });
    return ((await response.json()) as { data: Check }).data;
  };
  const checksPass = (count: number) => sleep(count * CHECK_SECONDS * 1000 + 100);
  const memoryArrivals = () => arrivals.filter(({ key }) => key === 'high_memory');

  it('is quiet on a healthy host, and at the threshold itself', async () => {
    await checksPass(4);
    assert.deepEqual([(await check()).status, arrivals], ['healthy', []]);
    host.set(85);
    await checksPass(5);
    const { status, alerts } = await check();
    assert.deepEqual([status, alerts, arrivals], ['healthy', [], []]);
  });

  it('tells nobody of a breach that does not last', async () => {
    host.set(91.2);
    const seen = await eventually(check, ({ alerts }) => alerts.length > 0);
    host.set(50);
    await checksPass(5);
    assert.equal(seen.alerts[0]?.severity, 'warning');
    assert.equal(seen.alerts[0]?.transient, true);
    assert.deepEqual(memoryArrivals(), []);
  });

  it('tells of one that lasts, once, with the swap; and shows it as long as it fires', async () => {
    host.set(91.2, 63);
    await eventually(
      async () => memoryArrivals(),
      (told) => told.length > 0,
    );
    const [first] = memoryArrivals();
    assert.equal(first?.message, 'High memory usage: 91.2% (21.3GB used), Swap: 63.0%');
    assert.deepEqual(
      [first?.status, first?.severity, first?.priority, first?.type],
      ['firing', 'medium', 'MEDIUM', 'memory'],
    );
    await checksPass(3);
    const { status, alerts } = await check();
    assert.equal(status, 'warning');
    const [alert] = alerts;
    assert.deepEqual(
      [alert?.key, alert?.type, alert?.severity, alert?.transient],
      ['high_memory', 'memory', 'medium', undefined],
    );
    assert.equal(memoryArrivals().length, 1, 'deduplicated');
  });

  it('reminds only after the window', async () => {
    await eventually(
      async () => memoryArrivals(),
      (told) => told.length > 1,
    );
    const [first, second] = memoryArrivals() as [Arrival, Arrival];
    assert.equal(second.status, 'firing');
    assert.equal(second.incident_id, first.incident_id);
    const gapSeconds = (Date.parse(second.timestamp) - Date.parse(first.timestamp)) / 1000;
    assert.ok(gapSeconds >= DEDUP_SECONDS, `${gapSeconds} s apart`);
  });

  it('tells of the end, once', async () => {
    host.set(50);
    await eventually(
      async () => memoryArrivals(),
      (told) => told.some(({ status }) => status === 'resolved'),
    );
    await checksPass(6);
    assert.equal(memoryArrivals().filter(({ status }) => status === 'resolved').length, 1);
    assert.equal((await check()).status, 'healthy');
  });

  it('reopens the same incident, graver', async () => {
    host.set(98);
    await eventually(
      async () => memoryArrivals(),
      (told) => told.at(-1)?.status === 'firing',
    );
    const told = memoryArrivals();
    assert.equal(told.at(-1)?.severity, 'high');
    assert.equal(told.at(-1)?.incident_id, told[0]?.incident_id);
    assert.equal((await check()).status, 'critical');
    const response = await fetch(`${agent.url}/api/monitoring/alerts?hours=1`);
    const { data } = (await response.json()) as {
      data: {
        incidents: {
          id: string;
          transitions: { kind: string }[];
          deliveries: { channel: string; outcome: string }[];
        }[];
      };
    };
    const incident = data.incidents.find(({ id }) => id === told[0]?.incident_id);
    assert.deepEqual(
      incident?.transitions
        .map(({ kind }) => kind)
        .filter((kind) => ['fired', 'resolved', 'reopened'].includes(kind)),
      ['fired', 'resolved', 'reopened'],
    );
    assert.ok(
      incident?.deliveries.some(({ channel, outcome }) => channel === 'webhook' && outcome === 'delivered'),
    );
  });

  it('says so when it has gone blind, and goes on', async () => {
    host.setText('nonsense\n');
    const blind = await eventually(check, ({ alerts }) =>
      alerts.some(({ key }) => key === 'monitoring_failure'),
    );
    assert.equal(blind.status, 'error');
    await eventually(
      async () => arrivals,
      (told) => told.some(({ key }) => key === 'monitoring_failure'),
    );
    assert.equal(arrivals.find(({ key }) => key === 'monitoring_failure')?.priority, 'CRITICAL');
    const metrics = await (await fetch(`${agent.url}/metrics`)).text();
    assert.doesNotMatch(metrics, /^vertex_ar_memory_usage_percent\{type="virtual"\}/m, 'absent, not stale');
    assert.match(metrics, /^vertex_ar_monitor_collector_success\{collector="memory"\} 0$/m);
    host.set(50);
    await eventually(check, ({ status }) => status === 'healthy');
    const { stderr } = await (async () => {
      agent.child.kill();
      return agent.ended;
    })();
    const said = stderr.split('\n').filter((line) => line.includes('collector failed'));
    assert.equal(said.filter((line) => line.includes('"memory"')).length, 1, 'once, not once a sample');
  });
});
