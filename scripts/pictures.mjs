// Makes the pictures in docs/pictures from the real page, in Chromium. The heap's are of the demonstration, which leaks for a
// minute; a leak of hours is one that the tests have too, made up and judged by the real judge.
// `node_modules/.bin/node scripts/pictures.mjs`; needs a build and Chromium.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createApi } from '../src/api/api.ts';
import { startListener } from '../src/api/listener.ts';
import { launchBrowser, openPage } from '../test/web/browser.ts';
import { createLeakingMonitor, LEAKING_PID } from '../test/web/leaking-monitor.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'docs', 'pictures');
const LEAKS_FOR_MS = 75_000;
const VIEWPORT = { width: 1200, height: 750 };

async function take(browser, url, { name, hash, ready, colorScheme = 'light' }) {
  const { page } = await openPage(browser, `${url}${hash}`, { viewport: VIEWPORT, colorScheme });
  await page.locator(ready).first().waitFor();
  await page.getByText('live', { exact: true }).waitFor();
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.context().close();
  console.log(`docs/pictures/${name}.png`);
}

async function takeLeak(browser) {
  const monitor = createLeakingMonitor(Date.now() / 1000);
  const listener = await startListener({ api: createApi(monitor), host: '127.0.0.1', port: 0 });
  const processes = '.processes tbody a';
  const url = `${listener.url}/`;
  await take(browser, url, { name: 'now', hash: '#/?range=6h', ready: processes });
  await take(browser, url, { name: 'now-dark', hash: '#/?range=6h', ready: processes, colorScheme: 'dark' });
  const hash = `#/processes/${LEAKING_PID}?range=6h`;
  await take(browser, url, { name: 'process', hash, ready: '.charts .u-over' });
  await listener.stop();
}

async function takeDemonstration(browser) {
  const demo = spawn(process.execPath, [join(root, 'bin', 'plimsoll.js'), 'demo', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [text] = await once(demo.stdout.setEncoding('utf8'), 'data');
    const [, url] = /(http:\S+:\d+\/)/.exec(text);
    await wait(LEAKS_FOR_MS);
    const response = await fetch(`${url}api/monitoring/memory-leaks`);
    const [first] = (await response.json()).data.snapshots;
    await take(browser, url, { name: 'heap', hash: '#/heap', ready: '.sites tbody td' });
    const hash = `#/heap?since=${first.id}`;
    await take(browser, url, { name: 'heap-difference', hash, ready: '.sites .grew' });
  } finally {
    demo.kill('SIGINT');
  }
}

mkdirSync(folder, { recursive: true });
const browser = await launchBrowser();
try {
  await takeLeak(browser);
  await takeDemonstration(browser);
} finally {
  await browser.close();
}
