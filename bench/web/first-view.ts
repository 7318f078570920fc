// How long the first view takes: from the start of the navigation, in a browser that has nothing cached, until memory, charts
// with their data, incidents and the table are on the screen. And how much JavaScript that loads.
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { openPage } from '../../test/web/browser.ts';

export interface FirstView {
  /** One a round, milliseconds. */
  readonly completeMs: readonly number[];
  readonly javaScriptGzipBytes: number;
  readonly requests: number;
}

/** True once everything is there and has been painted. */
const COMPLETE = `
  document.querySelector('.state .percent b') &&
  document.querySelectorAll('.charts .u-over').length === 4 &&
  [...document.querySelectorAll('.charts .legend b')].some((value) => value.textContent.includes('%')) &&
  document.querySelector('.processes tbody a') &&
  !document.querySelector('.settling')
`;

/**
 * The time of the first frame after it is complete, on the page's own clock, which starts with the navigation. A look at every
 * change of the document: one at every frame would have the browser draw sixty a second while the page loads.
 */
const watchFor = (complete: string): string => `
  globalThis.completeAt = undefined;
  const note = () => { globalThis.completeAt = performance.now(); };
  const look = (_, observer) => {
    if (!(${complete})) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(note));
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
`;

/** A profile that was just made keeps the browser busy for a moment. A person's has been there for long. */
const REST_MS = 1000;

export async function measureFirstView(
  browser: Browser,
  address: string,
  rounds: number,
  complete: string = COMPLETE,
): Promise<FirstView> {
  const completeMs: number[] = [];
  let loaded = { javaScriptGzipBytes: 0, requests: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const { page } = await openPage(browser, 'about:blank');
    const counting = countLoaded(page);
    await page.addInitScript(watchFor(complete));
    await wait(REST_MS);
    await page.goto(address, { waitUntil: 'commit' });
    completeMs.push(await completion(page));
    loaded = await counting();
    await page.context().close();
  }
  return { completeMs, ...loaded };
}

/** Looking into the page takes its time away, so it is left alone until it should be done. */
const LOOK_EVERY_MS = 1500;

async function completion(page: Page): Promise<number> {
  for (;;) {
    await wait(LOOK_EVERY_MS);
    const completeAt = await page.evaluate<number | undefined>('globalThis.completeAt');
    if (completeAt !== undefined) return completeAt;
  }
}

function countLoaded(page: Page): () => Promise<{ javaScriptGzipBytes: number; requests: number }> {
  const bodies: Promise<Buffer>[] = [];
  let requests = 0;
  page.on('response', (response) => {
    requests += 1;
    if (response.url().endsWith('.js')) bodies.push(response.body());
  });
  return async () => {
    const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).length);
    return { javaScriptGzipBytes: sizes.reduce((sum, size) => sum + size, 0), requests };
  };
}
