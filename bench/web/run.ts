// How quick the page is: `node bench/web/run.ts` measures and writes bench/results/web.{json,md}. Takes about ten minutes, needs
// Chromium and a build (`npm run build`).
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../test/web/browser.ts';
import { startBuiltAgent } from './built-agent.ts';
import { measureEmptyPage } from './empty-page.ts';
import { measureFirstView } from './first-view.ts';
import { measureFlame } from './flame.ts';
import { measureHeap } from './flat-heap.ts';
import { measureFreshAgents } from './fresh-agent.ts';
import { resultPage } from './page.ts';
import { writePastWeek } from './past-week.ts';
import { measureTable } from './table.ts';

const RESULTS = join(import.meta.dirname, '../results');
const ROUNDS = 7;
/** As soon as a person can have typed the address, and after an agent has given back what its start took. */
const SOON_SECONDS = 3;
const LATER_SECONDS = 10;
const FLAME_ROUNDS = 9;
const HEAP_SECONDS = 300;
const HEAP_EVERY_SECONDS = 30;

export type Results = Awaited<ReturnType<typeof measure>>;

async function measure() {
  const dataDir = mkdtempSync(join(tmpdir(), 'plimsoll-web-'));
  writePastWeek(dataDir);
  const browser = await launchBrowser();
  const fresh = await measureFresh(browser, dataDir);
  const agent = await startBuiltAgent(['--data', dataDir]);
  try {
    await measureFirstView(browser, agent.url, 1);
    return {
      machine: {
        processors: cpus().length,
        kernel: release(),
        node: process.version,
        browser: browser.version(),
      },
      ...fresh,
      hour: await measureFirstView(browser, agent.url, ROUNDS),
      hourAgain: await measureFirstView(browser, agent.url, ROUNDS),
      week: await measureFirstView(browser, `${agent.url}#/?range=7d`, ROUNDS),
      empty: await measureEmptyPage(browser, ROUNDS),
      flame: await measureFlame(browser, 50_000, FLAME_ROUNDS),
      table: await measureTable(browser, agent.url, 5000),
      heap: await measureLongLook(browser),
    };
  } finally {
    await browser.close();
    await agent.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measureFresh(browser: Browser, dataDir: string) {
  // The first navigation of a browser is a first for its processes too.
  await (await browser.newPage()).goto('about:blank');
  return {
    fresh: await measureFreshAgents(browser, dataDir, ROUNDS, SOON_SECONDS),
    freshAgain: await measureFreshAgents(browser, dataDir, ROUNDS, SOON_SECONDS),
    freshLater: await measureFreshAgents(browser, dataDir, ROUNDS, LATER_SECONDS),
  };
}

/** Its agent samples often, and nothing else is measured beside it. */
async function measureLongLook(browser: Browser) {
  const quick = await startBuiltAgent(['--no-store'], { MONITORING_SAMPLE_INTERVAL: '0.2' });
  try {
    return await measureHeap(browser, quick.url, HEAP_SECONDS, HEAP_EVERY_SECONDS);
  } finally {
    await quick.stop();
  }
}

const results = await measure();
mkdirSync(RESULTS, { recursive: true });
writeFileSync(join(RESULTS, 'web.json'), `${JSON.stringify(results, null, 2)}\n`);
writeFileSync(join(RESULTS, 'web.md'), resultPage(results));
console.log(resultPage(results));
