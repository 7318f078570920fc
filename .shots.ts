import { launchBrowser, openPage, WIDE, NARROW } from './test/web/browser.ts';
import { createApi, startListener } from './src/api/index.ts';
import { createLeakingMonitor } from './test/web/leaking-monitor.ts';
import { createFakeMonitor } from './test/api/fake-monitor.ts';
import { startBuiltAgent } from './bench/web/built-agent.ts';
import { mkdirSync } from 'node:fs';
mkdirSync('/tmp/shots', { recursive: true });
const b = await launchBrowser();
const leak = await startListener({ api: createApi(createLeakingMonitor(Date.now() / 1000)), host: '127.0.0.1', port: 0 });
const agent = await startBuiltAgent(['--no-store']);
const views: [string, string][] = [
  ['leak-now', `${leak.url}/#/?range=6h`], ['leak-process', `${leak.url}/#/processes/4211?range=6h`], ['leak-heap', `${leak.url}/#/heap`], ['leak-alerts', `${leak.url}/#/alerts`],
  ['new-now', `${agent.url}/`], ['new-processes', `${agent.url}/#/processes`], ['new-heap', `${agent.url}/#/heap`], ['new-alerts', `${agent.url}/#/alerts`], ['new-settings', `${agent.url}/#/settings`],
];
for (const [name, url] of views) for (const [w, viewport] of [['wide', WIDE], ['narrow', NARROW]] as const) {
  const { page } = await openPage(b, 'about:blank', { viewport, colorScheme: name.includes('alerts') || name === 'leak-process' ? 'dark' : 'light' });
  await page.goto(url); await page.waitForTimeout(2500);
  await page.screenshot({ path: `/tmp/shots/${name}-${w}.png`, fullPage: w === 'narrow' });
  await page.context().close();
}
await agent.stop(); await leak.stop(); await b.close();
