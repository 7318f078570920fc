import { spawn } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { launchBrowser, openPage } from './test/web/browser.ts';
import { setTimeout as wait } from 'node:timers/promises';
const COMPLETE = `document.querySelector('.state .percent b') && document.querySelectorAll('.charts .u-over').length === 4 && [...document.querySelectorAll('.charts .legend b')].some((v) => v.textContent.includes('%')) && document.querySelector('.processes tbody a') && !document.querySelector('.settling')`;
const WATCH = `globalThis.completeAt = undefined; new PerformanceObserver((l)=>{for(const e of l.getEntries()) (globalThis.paints??=[]).push(e.name+' '+e.startTime.toFixed(0))}).observe({type:'paint',buffered:true}); const look=()=>{ if(!(${COMPLETE})) return requestAnimationFrame(look); requestAnimationFrame(()=>{globalThis.completeAt=performance.now();});}; requestAnimationFrame(look);`;
const browser = await launchBrowser();
const cold = Number(process.argv[2] ?? 3), warm = Number(process.argv[3] ?? 2), delay = Number(process.argv[4] ?? 4000);
const hash = process.argv[5] ?? '';
for (let c = 0; c < cold; c++) {
  rmSync('/tmp/weekt', { recursive: true, force: true }); cpSync('/tmp/week', '/tmp/weekt', { recursive: true });
  const child = spawn('node', ['bin/plimsoll.js', 'agent', '--port', '0', '--data', '/tmp/weekt'], { env: { ...process.env, XDG_STATE_HOME: '/tmp/xs', HOME: '/nonexistent' } });
  const url = await new Promise<string>((r) => child.stdout.on('data', (d) => { const m = /(http:\S+)/.exec(String(d)); if (m) r(m[1]!); }));
  await wait(delay);
  for (let w = 0; w < warm; w++) {
    const { page } = await openPage(browser, 'about:blank');
    await page.addInitScript(WATCH);
    await page.goto(url + hash, { waitUntil: 'commit' });
    await wait(2500);
    const r = await page.evaluate(() => ({ at: (globalThis as any).completeAt, paints: (globalThis as any).paints, marks: performance.getEntriesByType('mark').map(e=>e.name+' '+e.startTime.toFixed(0)), res: performance.getEntriesByType('resource').map((e: any) => `${e.name.split('/').at(-1).slice(0, 18)} ${e.startTime.toFixed(0)}-${e.responseStart.toFixed(0)}-${e.responseEnd.toFixed(0)}`), nav: (performance.getEntriesByType('navigation') as any).map((e: any) => `resp ${e.responseStart.toFixed(0)}-${e.responseEnd.toFixed(0)} dcl ${e.domContentLoadedEventEnd.toFixed(0)}`) }));
    console.log(w === 0 ? 'COLD' : 'warm', r.at?.toFixed(0), r.nav[0], r.paints?.join(','), r.marks.join(','), '|', r.res.join(' '));
    await page.context().close();
  }
  child.kill();
  await new Promise((r) => child.once('exit', r));
}
await browser.close();
