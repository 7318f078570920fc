// What the page makes of a leak: the sentence on top, the line behind it by clicks alone, and the verdict's reasons on the curve.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { createApi } from '../../src/api/api.ts';
import { type Listener, startListener } from '../../src/api/listener.ts';
import { skipWithout } from '../programs.ts';
import { seriousFindings } from './axe.ts';
import { CHROMIUM, launchBrowser, NARROW, openPage, WIDE } from './browser.ts';
import { createLeakingMonitor, LEAKING_PID } from './leaking-monitor.ts';
import { keepScreenshot } from './screenshots.ts';

const skip = skipWithout(CHROMIUM);

describe('the page on a leak', { skip, timeout: 60_000 }, () => {
  let browser: Browser;
  let listener: Listener;

  before(async () => {
    const monitor = createLeakingMonitor(Date.now() / 1000);
    [browser, listener] = await Promise.all([
      launchBrowser(),
      startListener({ api: createApi(monitor), host: '127.0.0.1', port: 0 }),
    ]);
  });
  after(async () => {
    await browser?.close();
    await listener?.stop();
  });

  it('says on top what leaks, how fast, where and until when', async () => {
    const { page } = await openPage(browser, `${listener.url}/#/?range=6h`);
    const banner = page.getByRole('region', { name: 'Open incidents' });
    await banner
      .getByText(/node\[4211\] leaking [\d.]+ MiB\/h in the JavaScript heap since .* remember; limit in \d/)
      .waitFor();
    await page
      .getByRole('row', { name: /node 4211/ })
      .locator('td.verdict', { hasText: 'leaking' })
      .waitFor();
    await page.close();
  });

  it('leads from there to the line of the source by one click', async () => {
    const { page } = await openPage(browser, listener.url);
    await page.getByRole('link', { name: 'Open who allocates' }).click();
    await page.getByText(/Process 4211: leaking .* remember; limit in/).waitFor();
    await page.locator('.source .named', { hasText: 'export function remember' }).waitFor();
    await page.close();
  });

  it('tells how the run before died, and leads to what it held', async () => {
    const { page } = await openPage(browser, listener.url);
    await page
      .getByRole('article', { name: 'Previous run' })
      .getByText(/Previous run died at 497/)
      .waitFor();
    await page.getByRole('link', { name: 'Open what it held when it died' }).click();
    await page.waitForURL(/snapshot=/);
    await page.getByRole('table', { name: 'Allocation sites' }).waitFor();
    await page.close();
  });

  it('shows worker threads and buffers beside the heap', async () => {
    const { page } = await openPage(browser, `${listener.url}/#/heap`);
    await page.getByRole('table', { name: 'Worker threads' }).getByText('resize').waitFor();
    await page.getByText(/report.*ran out of memory/).waitFor();
    await page.getByRole('table', { name: 'Buffers by line' }).getByText('receive').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await page.setViewportSize(NARROW);
    assert.ok((await page.evaluate<number>('document.documentElement.scrollWidth')) <= NARROW.width);
    await page.close();
  });

  it('draws the reasons on the curve, and tells them', async () => {
    const { page, complaints } = await openPage(browser, listener.url);
    await page.getByRole('link', { name: `Open why: process ${LEAKING_PID}` }).click();
    await page.getByText(/floor rose from window to window/).waitFor();
    await page.getByText(/on the curve: rings/).waitFor();
    await page.getByLabel('Range of time').selectOption('6h');
    await page.getByText('unaccounted (estimate)').waitFor();
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const viewport of [WIDE, NARROW]) {
        await page.setViewportSize(viewport);
        assert.deepEqual(await seriousFindings(page), []);
        await keepScreenshot(page, 'leak', scheme);
      }
    }
    assert.deepEqual(complaints, []);
    await page.close();
  });
});
