// A flame graph of many boxes: from a click on the slider until it is drawn (the file asked of the API, read, laid out, painted), from
// a click on "inverted", and how long frames take while one zooms in and out.
import type { Browser } from 'playwright-core';
import { createApi, startListener } from '../../src/api/index.ts';
import { openPage } from '../../test/web/browser.ts';
import { monitorOfBigProfiles } from './big-profiles.ts';

export interface FlameResult {
  readonly boxes: number;
  readonly fromAnswerMs: readonly number[];
  readonly invertedMs: readonly number[];
  readonly zoomMs: readonly number[];
}

export async function measureFlame(browser: Browser, boxes: number, rounds: number): Promise<FlameResult> {
  const api = createApi(monitorOfBigProfiles(rounds + 1, boxes));
  const listener = await startListener({ api, host: '127.0.0.1', port: 0 });
  try {
    return { boxes, ...(await measure(browser, listener.url, rounds)) };
  } finally {
    await listener.stop();
  }
}

async function measure(browser: Browser, url: string, rounds: number): Promise<Omit<FlameResult, 'boxes'>> {
  const { page } = await openPage(browser, `${url}/#/heap`);
  await page.locator('.sites tbody td').first().waitFor();
  const repeat = async (script: string) => {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) times.push(await page.evaluate<number>(script));
    return times;
  };
  const fromAnswerMs: number[] = [];
  // Each snapshot is read once: the next is always a new one.
  for (let round = 0; round < rounds; round += 1)
    fromAnswerMs.push(await page.evaluate<number>(slide(round)));
  const invertedMs = await repeat(
    `(${TIMED})(() => document.querySelector('.explorer input[type=checkbox]').click())`,
  );
  const zoomMs = await repeat(ZOOM);
  await page.context().close();
  return { fromAnswerMs, invertedMs, zoomMs };
}

/** Milliseconds from an action until the frame after the one that draws what it asked for. */
const TIMED = `async (act) => {
  const frame = () => new Promise(requestAnimationFrame);
  const started = performance.now();
  act();
  await frame();
  await frame();
  return performance.now() - started;
}`;

/** The detail line names the whole, which differs from one snapshot to the next. */
const slide = (position: number) => `(async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const slider = document.querySelector('.picker input[type=range]');
  const text = () => document.querySelector('.flame .detail').textContent;
  const before = text();
  const started = performance.now();
  slider.value = '${position}';
  slider.dispatchEvent(new Event('input', { bubbles: true }));
  while (text() === before) await frame();
  await frame();
  return performance.now() - started;
})()`;

/** In at a box a third of the way, and out again. */
const ZOOM = `(async () => {
  const canvas = document.querySelector('.flame canvas');
  const box = canvas.getBoundingClientRect();
  const click = (x, y) => canvas.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: box.left + x, clientY: box.top + y }));
  const inwards = await (${TIMED})(() => click(box.width / 3, 70));
  const outwards = await (${TIMED})(() => click(10, 5));
  return Math.max(inwards, outwards);
})()`;
