// How quick the page is: `node bench/web/run.ts` measures and writes bench/results/web.{json,md}. Takes about five minutes, needs
// Chromium and a built dashboard (`npm run build`).
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAgent } from '../../test/agent/running-agent.ts';
import { launchBrowser } from '../../test/web/browser.ts';
import { measureFirstView } from './first-view.ts';
import { measureFlame } from './flame.ts';
import { measureHeap } from './flat-heap.ts';
import { resultPage } from './page.ts';
import { writePastWeek } from './past-week.ts';
import { measureTable } from './table.ts';

const RESULTS = join(import.meta.dirname, '../results');
const ROUNDS = 7;
const FLAME_ROUNDS = 9;
const HEAP_SECONDS = 300;
const HEAP_EVERY_SECONDS = 30;

export type Results = Awaited<ReturnType<typeof measure>>;

async function measure() {
  const dataDir = mkdtempSync(join(tmpdir(), 'plimsoll-web-'));
  writePastWeek(dataDir);
  const browser = await launchBrowser();
  const agent = await startAgent({}, ['--data', dataDir]);
  const quick = await startAgent({ MONITORING_SAMPLE_INTERVAL: '0.2' });
  try {
    return {
      machine: {
        processors: cpus().length,
        kernel: release(),
        node: process.version,
        browser: browser.version(),
      },
      hour: await measureFirstView(browser, agent.url, ROUNDS),
      hourAgain: await measureFirstView(browser, agent.url, ROUNDS),
      week: await measureFirstView(browser, `${agent.url}#/?range=7d`, ROUNDS),
      flame: await measureFlame(browser, agent.url, 50_000, FLAME_ROUNDS),
      table: await measureTable(browser, agent.url, 5000),
      heap: await measureHeap(browser, quick.url, HEAP_SECONDS, HEAP_EVERY_SECONDS),
    };
  } finally {
    await browser.close();
    for (const { child } of [agent, quick]) child.kill();
    await Promise.all([agent.ended, quick.ended]);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const results = await measure();
mkdirSync(RESULTS, { recursive: true });
writeFileSync(join(RESULTS, 'web.json'), `${JSON.stringify(results, null, 2)}\n`);
writeFileSync(join(RESULTS, 'web.md'), resultPage(results));
console.log(resultPage(results));
