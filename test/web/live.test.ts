// The page over time, in a real browser on a real agent: live figures, zoom and range, the table's filter and order, the token,
// an agent that stalls and one that is started again, alerts and settings.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type RunningAgent, startAgent } from '../agent/running-agent.ts';
import { skipWithout } from '../programs.ts';
import { seriousFindings } from './axe.ts';
import { CHROMIUM, launchBrowser, openPage } from './browser.ts';
import { keepInEachForm } from './screenshots.ts';

const skip = skipWithout(CHROMIUM);

const QUICK = {
  MONITORING_SAMPLE_INTERVAL: '0.5',
  HEALTH_CHECK_INTERVAL: '0.5',
  HEALTH_CHECK_COOLDOWN: '0',
};

describe('the page over time', { skip, timeout: 400_000 }, () => {
  let browser: Browser;
  const agents: RunningAgent[] = [];

  const start = async (env: Record<string, string> = {}, port = '0') => {
    const agent = await startAgent({ ...QUICK, ...env }, ['--no-store', '--port', port]);
    agents.push(agent);
    return agent;
  };
  const stop = async (agent: RunningAgent) => {
    agent.child.kill('SIGCONT');
    agent.child.kill('SIGKILL');
    await agent.ended;
  };
  const open = async (url: string) => (await openPage(browser, url)).page;

  before(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await Promise.all(agents.splice(0).map(stop));
  });
  after(() => browser?.close());

  it('moves with every sample, and jumps with none', async () => {
    const { url } = await start();
    const page = await open('about:blank');
    await page.addInitScript(SUM_LAYOUT_SHIFTS);
    await page.goto(url);
    const picture = () => page.locator('.charts canvas').first().screenshot();
    await page.locator('.charts .u-over').first().waitFor();
    await page.getByText('live', { exact: true }).waitFor();
    const earlier = await picture();
    await until(async () => !(await picture()).equals(earlier));
    assert.ok((await page.evaluate<number>('globalThis.layoutShift')) < 0.02);
  });

  it('zooms by a drag, keeps the range over a reload, and goes back', async () => {
    const { url } = await start();
    const page = await open(url);
    await drag(page);
    await page.waitForURL(/from=.*&to=/);
    const zoomed = page.url();
    await page.reload();
    await page.locator('.charts .u-over').first().waitFor();
    assert.equal(page.url(), zoomed);
    await page.getByRole('button', { name: 'back to live' }).waitFor();
    await page.getByRole('link', { name: 'Processes' }).click();
    assert.match(page.url(), /#\/processes\?.*from=/, 'the range goes along');
    await page.goBack();
    await page.locator('.charts .u-over').first().dblclick();
    await page.waitForURL((address) => !address.hash.includes('from='));
    await page.getByLabel('Range of time').selectOption('24h');
    await page.waitForURL(/range=24h/);
  });

  it('filters by "/", sorts and groups the processes', async () => {
    const { url, child } = await start();
    const page = await open(`${url}#/processes`);
    const rows = page.locator('.processes tbody tr:has(a)');
    await rows.first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(`${child.pid}`);
    await page.getByText(/^1 of \d+ processes$/).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Process', exact: true }).click();
    await page.waitForURL(/sort=name/);
    assert.equal(
      await page.getByRole('columnheader', { name: 'Process' }).getAttribute('aria-sort'),
      'ascending',
    );
    await page.getByLabel('Group by name').check();
    await page.getByText(/names of \d+ processes/).waitFor();
    assert.deepEqual(await seriousFindings(page), []);
  });

  it('asks for the token once and keeps it for the tab', async () => {
    const { url } = await start({ MONITORING_TOKEN: 'opensesame' });
    const page = await open(url);
    await page.getByLabel('Token').fill('wrong');
    await page.getByRole('button', { name: 'Show the dashboard' }).click();
    await page.getByText('refused this token').waitFor();
    await keepInEachForm(page, 'token');
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByLabel('Token').fill('opensesame');
    await page.getByRole('button', { name: 'Show the dashboard' }).click();
    await page.getByText('live', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('live', { exact: true }).waitFor();
  });

  it('shows a stalled agent as stale, and as live once it goes on', async () => {
    const { url, child } = await start();
    const page = await open(url);
    await page.getByText('live', { exact: true }).waitFor();
    child.kill('SIGSTOP');
    await page.getByText(/stale: no sample for/).waitFor();
    assert.equal(await page.locator('.now.stale').count(), 1);
    await keepInEachForm(page, 'stale');
    child.kill('SIGCONT');
    await page.getByText('live', { exact: true }).waitFor();
    assert.equal(await page.locator('.now.stale').count(), 0);
  });

  it('comes back by itself when the agent was started again', async () => {
    const port = await freePort();
    const first = await start({}, port);
    const page = await open(first.url);
    await page.getByText('live', { exact: true }).waitFor();
    await stop(first);
    await page.getByText(/connection lost/).waitFor();
    await keepInEachForm(page, 'lost');
    await start({}, port);
    await page.getByText('live', { exact: true }).waitFor();
  });

  it('begins to profile by a button', async () => {
    const { url } = await start();
    const page = await open(`${url}#/heap`);
    await page.getByRole('button', { name: 'Begin now' }).click();
    await page.getByRole('button', { name: 'Take a snapshot' }).waitFor();
  });

  it('profiles another process, after it has said what that costs', async () => {
    const program = spawn(process.execPath, ['-e', LEAKING_PROGRAM], { stdio: 'ignore' });
    try {
      const { url } = await start();
      const page = await open(`${url}#/processes/${program.pid}`);
      await page.getByRole('button', { name: 'Profile this process' }).click();
      const dialog = page.getByRole('dialog', { name: /^Profile / });
      await dialog.getByText(/stands still for up to about/).waitFor();
      assert.deepEqual(await seriousFindings(page), []);
      await dialog.getByLabel('Sample for').selectOption('5');
      await dialog.getByRole('button', { name: 'Profile it' }).click();
      await page.getByRole('table', { name: 'Allocation sites' }).getByText('remember').first().waitFor();
      await page.getByText(/paused the process for at most \d+ ms/).waitFor();
    } finally {
      program.kill();
    }
  });

  it('puts open incidents on top, and tells their story', async () => {
    const { url } = await start({
      MEMORY_THRESHOLD: '0.5',
      PROCESS_RSS_THRESHOLD_MB: '1',
      MONITORING_CONSECUTIVE_FAILURES: '1',
    });
    const page = await open(url);
    const incident = page.getByRole('region', { name: 'Open incidents' });
    await incident.getByText(/High memory usage/).waitFor();
    await incident
      .getByText(/High process memory/)
      .first()
      .waitFor();
    await keepInEachForm(page, 'incidents');
    assert.deepEqual(await seriousFindings(page), []);
    await incident.getByRole('link', { name: 'Open the largest processes' }).first().click();
    await page.getByRole('heading', { name: 'Processes' }).waitFor();
    await page.getByRole('link', { name: /Alerts/ }).click();
    await page.getByRole('list', { name: 'Transitions' }).getByText('fired').first().waitFor();
    await page.getByRole('list', { name: 'Deliveries' }).getByText('log').first().waitFor();
    await page.getByRole('button', { name: 'Send a test alert' }).click();
    await page.getByText(/Delivered through 1/).waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByRole('link', { name: 'See it on the charts' }).first().click();
    await page.waitForURL(/#\/\?from=/);
  });

  it('silences an alert, and ends the silence', async () => {
    const { url } = await start({ MEMORY_THRESHOLD: '0.01', MONITORING_CONSECUTIVE_FAILURES: '1' });
    const page = await open(`${url}/#/alerts`);
    const silences = async () => {
      const answer = await fetch(`${url}/api/monitoring/alerts`);
      return ((await answer.json()) as { data: { silences: { key: string }[] } }).data.silences;
    };
    await page.getByRole('button', { name: '2 h' }).click();
    await page.getByText(/Silenced until/).waitFor();
    assert.deepEqual(
      (await silences()).map(({ key }) => key),
      ['high_memory'],
    );
    await page.getByRole('button', { name: 'End the silence' }).click();
    await page.getByText('Silence for', { exact: true }).waitFor();
    assert.deepEqual(await silences(), []);
    assert.deepEqual(await seriousFindings(page), []);
  });

  it('changes a setting, takes it back, and says what is allowed', async () => {
    const { url } = await start();
    const page = await open(`${url}#/settings`);
    const threshold = page.getByLabel('MEMORY_THRESHOLD');
    const row = page.getByRole('row').filter({ has: threshold });
    await threshold.fill('101');
    await page.keyboard.press('Enter');
    await row.getByText(/Not changed. Allowed: .*at most 100/).waitFor();
    await threshold.fill('70');
    await page.keyboard.press('Enter');
    await row.getByText('runtime', { exact: false }).first().waitFor();
    await row.getByRole('button', { name: 'Take back MEMORY_THRESHOLD' }).click();
    await row.getByRole('cell', { name: 'default' }).waitFor();
    assert.equal(await threshold.inputValue(), '85');
  });
});

const LEAKING_PROGRAM = `
  const kept = [];
  setInterval(function remember() { kept.push(new Array(2000).fill(0).map((_, index) => ({ index }))); }, 5);
`;

/** Sums what Chromium reports of content that jumped without a person having done anything. */
const SUM_LAYOUT_SHIFTS = `
  globalThis.layoutShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.layoutShift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
`;

async function drag(page: Page): Promise<void> {
  const plot = page.locator('.charts .u-over').first();
  await plot.waitFor();
  const box = await plot.boundingBox();
  assert.ok(box);
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.25, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, y, { steps: 5 });
  await page.mouse.up();
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 100));
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  assert.ok(address && typeof address === 'object');
  return String(address.port);
}
