// An hour of the page's own heap: `node bench/web/hour.ts [minutes] [seconds between samples]` follows an agent with a week of
// history as a page that somebody leaves open does, and writes bench/results/web-hour.{json,md}.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAgent } from '../../test/agent/running-agent.ts';
import { launchBrowser } from '../../test/web/browser.ts';
import { type HeapReading, measureHeap } from './flat-heap.ts';
import { heapTable, slopeKibPerHour } from './heap-table.ts';
import { writePastWeek } from './past-week.ts';

const RESULTS = join(import.meta.dirname, '../results');
const READINGS = 20;

const minutes = Number(process.argv[2] ?? 60);
const sampleSeconds = Number(process.argv[3] ?? 2);

async function measure() {
  const dataDir = mkdtempSync(join(tmpdir(), 'plimsoll-web-hour-'));
  writePastWeek(dataDir);
  const browser = await launchBrowser();
  const agent = await startAgent({ MONITORING_SAMPLE_INTERVAL: String(sampleSeconds) }, ['--data', dataDir]);
  try {
    const seconds = minutes * 60;
    const readings = await measureHeap(browser, agent.url, seconds, seconds / READINGS);
    return {
      minutes,
      sampleSeconds,
      machine: { kernel: release(), node: process.version, browser: browser.version() },
      readings,
    };
  } finally {
    await browser.close();
    agent.child.kill();
    await agent.ended;
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function page({ machine, readings }: Awaited<ReturnType<typeof measure>>): string {
  const settled: readonly HeapReading[] = readings.slice(1);
  return `# The page's heap over ${minutes} minutes of live updates

Linux ${machine.kernel}, Node.js ${machine.node}, Chromium ${machine.browser}. The first view of an agent with a week of history of 50 processes,
that samples every ${sampleSeconds} s; JavaScript heap in use after a collection, by the browser's inspector.
\`node bench/web/hour.ts ${minutes} ${sampleSeconds}\`.

${heapTable(readings)}

A line through all but the first reading falls or rises by ${slopeKibPerHour(settled).toFixed(0)} KiB an hour.
`;
}

const results = await measure();
mkdirSync(RESULTS, { recursive: true });
writeFileSync(join(RESULTS, 'web-hour.json'), `${JSON.stringify(results, null, 2)}\n`);
writeFileSync(join(RESULTS, 'web-hour.md'), page(results));
console.log(page(results));
