// A leak as it happens: `plimsoll demo` leaks, its own monitor's judge calls it so, and the page leads from the alert to the line by
// clicks alone. Nothing is made up; samples come four times a second, so that it takes a minute in place of three.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { startCommand } from '../agent/running-agent.ts';
import { skipWithout } from '../programs.ts';
import { seriousFindings } from './axe.ts';
import { CHROMIUM, launchBrowser, NARROW, openPage, WIDE } from './browser.ts';
import { keepScreenshot } from './screenshots.ts';

const skip = skipWithout(CHROMIUM);

const QUICK = {
  MONITORING_SAMPLE_INTERVAL: '0.25',
  MONITORING_TRACEMALLOC_INTERVAL: '5',
  HEALTH_CHECK_INTERVAL: '1',
  HEALTH_CHECK_COOLDOWN: '0',
};

/** On a busy machine. */
const JUDGED_WITHIN_MS = 300_000;

describe('the page while the demonstration leaks', { skip, timeout: 420_000 }, () => {
  let browser: Browser;
  let demo: Awaited<ReturnType<typeof startDemo>>;
  let page: Page;

  before(async () => {
    [browser, demo] = await Promise.all([launchBrowser(), startDemo()]);
    ({ page } = await openPage(browser, demo.url));
    page.setDefaultTimeout(60_000);
  });
  after(async () => {
    await browser?.close();
    demo?.child.kill();
    await demo?.ended;
  });

  it('says on top what leaks and names the function, as soon as the judge does', async () => {
    const banner = page.getByRole('region', { name: 'Open incidents' });
    await banner
      .getByText(/leaking [\d.]+ [MG]iB\/h .*orders\.ts:\d+ remember/)
      .first()
      .waitFor({ timeout: JUDGED_WITHIN_MS });
    await pictures('live-leak-now');
  });

  it('leads from there to the line', async () => {
    await page.getByRole('link', { name: 'Open who allocates' }).first().click();
    const grows = page.getByRole('region', { name: 'What grows' });
    await grows.locator('.source .named', { hasText: 'function remember' }).waitFor();
    await pictures('live-leak-heap');
  });

  it('leads to the reasons, drawn on the curve', async () => {
    await page.getByRole('link', { name: 'Now', exact: true }).click();
    await page
      .getByRole('article')
      .filter({ hasText: 'remember' })
      .getByRole('link', { name: /^Open why: process/ })
      .first()
      .click();
    await page.getByText(/on the curve: rings/).waitFor();
    await pictures('live-leak-process');
  });

  it('leads from the alert to the line by clicks alone', async () => {
    await page.getByRole('link', { name: /^Alerts/ }).click();
    await page.getByText('Memory leak', { exact: true }).first().waitFor({ timeout: JUDGED_WITHIN_MS });
    await pictures('live-leak-alerts');
    await page.getByRole('link', { name: 'Open who allocates' }).first().click();
    await page.locator('.source .named', { hasText: 'function remember' }).waitFor();
  });

  async function pictures(name: string): Promise<void> {
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const viewport of [NARROW, WIDE]) {
        await page.setViewportSize(viewport);
        assert.deepEqual(await seriousFindings(page), [], `${name} ${scheme}`);
        await keepScreenshot(page, name, scheme);
      }
    }
  }
});

async function startDemo() {
  const program = startCommand(['demo', '--port', '0'], QUICK);
  const [, url] = await program.seen(/(http:\S+:\d+\/)\s+the dashboard/);
  await answering(url as string);
  return { ...program, url: url as string };
}

/** It says where to look before its service has started. */
async function answering(url: string): Promise<void> {
  while (!(await fetch(new URL('readyz', url)).catch(() => undefined))?.ok) await wait(200);
}
