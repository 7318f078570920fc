import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { createFakeMonitor, HOSTILE_NAME } from '../../../test/api/fake-monitor.ts';
import { statusPage } from './status-page.ts';
import { PAGE_POLICY } from './style.ts';

describe('the status page', () => {
  it('shows memory, processes and what fires', () => {
    const page = statusPage(createFakeMonitor(), true);
    assert.match(page, /41\.7 %<\/strong> in use: 10\.0 GiB of 24\.0 GiB/);
    assert.match(page, /<td class="number">4211<\/td><td>node<\/td><td class="number">812 MiB/);
    assert.match(page, /<strong>high<\/strong>: High memory usage/);
    assert.match(page, /Plimsoll 1\.2\.3, agent, up 1 min 40 s/);
  });

  it('shows hostile names as text', () => {
    const page = statusPage(createFakeMonitor(), true);
    assert.ok(page.includes('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;'));
    assert.ok(!page.includes(HOSTILE_NAME));
    assert.doesNotMatch(page, /<script/i);
  });

  it('holds no data for a reader without the token', () => {
    const page = statusPage(createFakeMonitor(), false);
    assert.doesNotMatch(page, /GiB|MiB|node|1\.2\.3|High memory/);
    assert.match(page, /asks for a token/);
  });

  it('says so before the first sample, and where memory cannot be read', () => {
    const monitor = createFakeMonitor();
    const { latest } = monitor.script;
    monitor.script.latest = undefined;
    assert.match(statusPage(monitor, true), /has not been taken yet/);
    assert.ok(latest);
    const { memory: _memory, ...host } = latest.host;
    monitor.script.latest = { ...latest, host };
    monitor.script.incidents = [];
    assert.match(statusPage(monitor, true), /cannot be read[\s\S]*None\./);
  });

  it('has one style, the one its policy allows', () => {
    const [, css] = /<style>([\s\S]*)<\/style>/.exec(statusPage(createFakeMonitor(), true)) ?? [];
    const digest = createHash('sha256')
      .update(css ?? '')
      .digest('base64');
    assert.ok(PAGE_POLICY.includes(`'sha256-${digest}'`));
    assert.doesNotMatch(PAGE_POLICY, /unsafe/);
  });
});
