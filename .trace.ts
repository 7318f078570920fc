import { spawn } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { launchBrowser, openPage } from './test/web/browser.ts';
import { setTimeout as wait } from 'node:timers/promises';
const browser = await launchBrowser();
rmSync('/tmp/weekt', { recursive: true, force: true }); cpSync('/tmp/week', '/tmp/weekt', { recursive: true });
const child = spawn('node', ['bin/plimsoll.js', 'agent', '--port', '0', '--data', '/tmp/weekt'], { env: { ...process.env, XDG_STATE_HOME: '/tmp/xs', HOME: '/nonexistent' } });
const url = await new Promise<string>((r) => child.stdout.on('data', (d) => { const m = /(http:\S+)/.exec(String(d)); if (m) r(m[1]!); }));
await wait(4000);
for (let i = 0; i < 3; i++) {
  const { page } = await openPage(browser, 'about:blank');
  if (i === 2) await browser.startTracing(page, { path: '/tmp/trace.json', categories: ['devtools.timeline', 'v8', 'disabled-by-default-v8.cpu_profiler', 'blink.user_timing', 'loading', 'disabled-by-default-v8.compile', 'toplevel','cc','viz'] });
  await page.goto(url, { waitUntil: 'commit' });
  await wait(2500);
  if (i === 2) await browser.stopTracing();
  await page.context().close();
}
child.kill(); await browser.close();
