// Makes the pictures in docs/pictures from the real page: the demonstration leaks until the monitor says so, some minutes, and
// Chromium looks at it.
// `node_modules/.bin/node scripts/pictures.mjs`; needs a build and Chromium.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { launchBrowser, openPage } from '../test/web/browser.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'docs', 'pictures');
const LOOK_EVERY_MS = 5000;
const MOST_LOOKS = 180;
const VIEWPORT = { width: 1200, height: 750 };

/** Name → where in the page, what has to be there, and in which colours. */
const PICTURES = [
  ['now', () => '#/', '.processes tbody a', 'light'],
  ['now-dark', () => '#/', '.processes tbody a', 'dark'],
  ['process', ({ pid }) => `#/processes/${pid}`, '.charts .u-over', 'light'],
  ['heap', () => '#/heap', '.sites tbody td', 'light'],
  ['heap-difference', ({ first }) => `#/heap?since=${first}`, '.sites .grew', 'light'],
];

async function ask(url, path) {
  const response = await fetch(`${url}api/monitoring/${path}`);
  return (await response.json()).data;
}

async function untilJudged(url) {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    await wait(LOOK_EVERY_MS);
    if ((await ask(url, 'memory-leaks')).verdict?.leak) return;
  }
  throw new Error('the demonstration was not judged to leak');
}

const demo = spawn(process.execPath, [join(root, 'bin', 'plimsoll.js'), 'demo', '--port', '0'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [text] = await once(demo.stdout.setEncoding('utf8'), 'data');
const [, url] = /(http:\S+:\d+\/)/.exec(text);
const browser = await launchBrowser();
try {
  await untilJudged(url);
  const { system_overview: overview } = await ask(url, 'detailed-metrics');
  const { snapshots } = await ask(url, 'memory-leaks');
  const subject = { pid: overview.process.pid, first: snapshots[0]?.id };
  mkdirSync(folder, { recursive: true });
  for (const [name, hash, ready, colorScheme] of PICTURES) {
    const { page } = await openPage(browser, url + hash(subject), { viewport: VIEWPORT, colorScheme });
    await page.locator(ready).first().waitFor();
    await page.getByText('live', { exact: true }).waitFor();
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await page.context().close();
    console.log(`docs/pictures/${name}.png`);
  }
} finally {
  await browser.close();
  demo.kill('SIGINT');
}
