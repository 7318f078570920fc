// The process table with many rows, scrolled from top to bottom: frames a second, and the longest frame.
import type { Browser } from 'playwright-core';
import { openPage } from '../../test/web/browser.ts';
import { askOneByOne } from './one-by-one.ts';

export interface TableResult {
  readonly processes: number;
  readonly framesPerSecond: number;
  readonly longestFrameMs: number;
  readonly sortMs: number;
  /** The same scroll on a page without anything on it: what the machine can do at the time. */
  readonly emptyFramesPerSecond: number;
}

export async function measureTable(browser: Browser, url: string, count: number): Promise<TableResult> {
  const { page } = await openPage(browser, 'about:blank');
  const processes = Array.from({ length: count }, (_, index) => ({
    pid: 1000 + index,
    start_ticks: index,
    name: `worker-${index % 50}`,
    start_time: '2026-01-01T00:00:00.000Z',
    parent_pid: 1,
    command: `/usr/bin/node --enable-source-maps /srv/app-${index}/dist/server.js --port ${index}`,
    state: 'S',
    rss_bytes: 4096 * ((index * 7919) % 500_000),
    vms_bytes: 1e10,
    cpu_percent: (index * 31) % 100,
    cpu_seconds: 1,
    threads: 11,
    memory_percent: 0.1,
  }));
  const data = { timestamp: '2026-01-01T00:00:00.000Z', total: count, matched: count, processes };
  await askOneByOne(page);
  await page.route('**/api/monitoring/processes?*', (route) =>
    route.fulfill({ json: { success: true, data, message: '' } }),
  );
  await page.goto(`${url}#/processes`);
  await page.locator('.processes tbody a').first().waitFor();
  const frames = await page.evaluate<readonly number[]>(SCROLL);
  const sortMs = await page.evaluate<number>(SORT);
  await page.goto('about:blank');
  const empty = await page.evaluate<readonly number[]>(EMPTY);
  await page.context().close();
  return {
    processes: count,
    framesPerSecond: rate(frames),
    longestFrameMs: Math.max(...frames),
    sortMs,
    emptyFramesPerSecond: rate(empty),
  };
}

function rate(frames: readonly number[]): number {
  return (frames.length * 1000) / frames.reduce((sum, frame) => sum + frame, 0);
}

const FRAMES = 240;

const framesOf = (step: string) => `(async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const times = [];
  let before = await frame();
  for (let index = 0; index < ${FRAMES}; index += 1) {
    ${step}
    const now = await frame();
    times.push(now - before);
    before = now;
  }
  return times;
})()`;

/** Every frame another stretch of rows: nothing can be reused. */
const SCROLL = framesOf(
  "{ const list = document.querySelector('.processes'); list.scrollTop = (index / 240) * list.scrollHeight; }",
);
const EMPTY = framesOf('');

const SORT = `(async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const started = performance.now();
  document.querySelector('th.name button').click();
  await frame();
  await frame();
  return performance.now() - started;
})()`;
