// The inhibition in deploy/prometheus/alertmanager.yml, asked of a real Alertmanager: with both memory alerts of one instance
// firing, the critical one is delivered and the warning is inhibited; a warning of another instance is delivered.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { RULES } from '../../src/metrics/index.ts';
import { skipWithout } from '../programs.ts';
import { type Daemon, startDaemon, until } from './daemon.ts';

const ALERTMANAGER = '/usr/bin/prometheus-alertmanager';
const EXAMPLE = join(import.meta.dirname, '../../deploy/prometheus/alertmanager.yml');

interface AlertView {
  readonly labels: Readonly<Record<string, string>>;
  readonly status: { readonly state: string; readonly inhibitedBy: readonly string[] };
}

/** The labels of the alert that Prometheus would send for a rule. */
function firing(alert: string, labels: Readonly<Record<string, string>>) {
  const rule = RULES.find((known) => known.alert === alert);
  assert.ok(rule, `${alert} is a rule`);
  return { labels: { alertname: alert, severity: rule.severity, job: 'plimsoll', ...labels } };
}

const SENT = [
  firing('CriticalMemoryUsage', { instance: 'shop:9487', type: 'virtual' }),
  firing('HighMemoryUsage', { instance: 'shop:9487', type: 'virtual' }),
  firing('HighMemoryUsage', { instance: 'mail:9487', type: 'virtual' }),
  firing('CgroupOutOfMemoryKill', { instance: 'shop:9487', event: 'oom_kill' }),
  firing('OutOfMemoryKill', { instance: 'shop:9487' }),
  firing('MemoryLimitSoon', { instance: 'shop:9487', subject: 'heap:main' }),
  firing('MemoryLeak', { instance: 'shop:9487', subject: 'heap:main', verdict: 'leaking' }),
  firing('MemoryLeak', { instance: 'shop:9487', subject: 'process:77', verdict: 'leaking' }),
];

const DELIVERED = [
  'CgroupOutOfMemoryKill shop:9487',
  'CriticalMemoryUsage shop:9487',
  'HighMemoryUsage mail:9487',
  'MemoryLeak shop:9487 process:77',
  'MemoryLimitSoon shop:9487 heap:main',
];

const INHIBITED = [
  'HighMemoryUsage shop:9487',
  'MemoryLeak shop:9487 heap:main',
  'OutOfMemoryKill shop:9487',
];

function nameOf({ labels }: Pick<AlertView, 'labels'>): string {
  return [labels.alertname, labels.instance, labels.subject].filter((part) => part).join(' ');
}

describe('the Alertmanager example', { skip: skipWithout(ALERTMANAGER) }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-alertmanager-'));
  const delivered = new Set<string>();
  const receiver = createServer((request, response) => {
    void json(request).then((body) => {
      const { alerts } = body as { alerts: readonly Pick<AlertView, 'labels'>[] };
      for (const alert of alerts) delivered.add(nameOf(alert));
      response.end();
    });
  });
  let alertmanager: Daemon;

  before(async () => {
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const { port } = receiver.address() as AddressInfo;
    const file = join(folder, 'alertmanager.yml');
    writeFileSync(file, forTheTest(readFileSync(EXAMPLE, 'utf8'), port));
    alertmanager = await startDaemon(
      ALERTMANAGER,
      (own) => [
        `--config.file=${file}`,
        `--storage.path=${folder}`,
        `--web.listen-address=127.0.0.1:${own}`,
        '--cluster.listen-address=',
      ],
      '/-/ready',
    );
  });

  after(async () => {
    await alertmanager?.stop();
    receiver.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('delivers the critical alert and inhibits what it covers', async () => {
    const response = await fetch(`${alertmanager.url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(SENT),
    });
    assert.equal(response.status, 200);
    await until(async () => delivered.size >= DELIVERED.length, 30);
    const alerts = (await (await fetch(`${alertmanager.url}/api/v2/alerts`)).json()) as AlertView[];
    const inhibited = alerts.filter(({ status }) => status.inhibitedBy.length > 0);
    assert.deepEqual(inhibited.map(nameOf).sort(), INHIBITED);
    assert.deepEqual([...delivered].sort(), DELIVERED);
  });
});

/** The example's own text: only the receiver's address is the test's, and nobody waits for a group to gather. */
function forTheTest(example: string, receiverPort: number): string {
  const address = 'http://127.0.0.1:5001/alerts';
  assert.ok(example.includes(address), 'the example has the receiver it had');
  return example
    .replace(address, `http://127.0.0.1:${receiverPort}/alerts`)
    .replaceAll(/group_wait: \d+s/g, 'group_wait: 1s');
}
