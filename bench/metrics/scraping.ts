// Scrapes a server two ways: as fast as it answers, and at a fixed rate whether or not it keeps up.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerReport } from './server.ts';
import { quantile } from './statistics.ts';

const ACCEPT = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';
const CONNECTIONS = 8;
const WARM_UP_SCRAPES = 300;

export type ServerKind = 'plimsoll' | 'constant';

export interface ScrapeResult {
  readonly scrapesPerSecond: number;
  readonly cpuMicrosecondsPerScrape: number;
  readonly p99Milliseconds: number;
  readonly failed: number;
}

type Scrape = () => Promise<void>;

export async function scrapeAsFastAsItAnswers(kind: ServerKind, seconds: number): Promise<ScrapeResult> {
  return withServer(kind, async (scrape) => {
    const end = performance.now() + seconds * 1000;
    const connection = async (): Promise<void> => {
      while (performance.now() < end) await scrape();
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  });
}

export async function scrapeAtRate(
  kind: ServerKind,
  perSecond: number,
  seconds: number,
): Promise<ScrapeResult> {
  return withServer(kind, async (scrape) => {
    const start = performance.now();
    const scrapes: Promise<void>[] = [];
    while (scrapes.length < perSecond * seconds) {
      const due = Math.min(perSecond * seconds, ((performance.now() - start) / 1000) * perSecond);
      while (scrapes.length < due) scrapes.push(scrape());
      await sleep(1);
    }
    await Promise.all(scrapes);
  });
}

async function withServer(kind: ServerKind, load: (scrape: Scrape) => Promise<void>): Promise<ScrapeResult> {
  const child = fork(new URL('server.ts', import.meta.url), [kind]);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  try {
    const [port] = (await once(child, 'message')) as [number];
    return await measure(child, load, () => scrapeOnce(port, agent));
  } finally {
    agent.destroy();
    child.disconnect();
    await once(child, 'exit');
  }
}

async function measure(
  child: ChildProcess,
  load: (scrape: Scrape) => Promise<void>,
  scrapeOnce: () => Promise<boolean>,
): Promise<ScrapeResult> {
  for (let count = 0; count < WARM_UP_SCRAPES; count += 1) await scrapeOnce();
  const latencies: number[] = [];
  let failed = 0;
  const scrape = async (): Promise<void> => {
    const before = performance.now();
    if (!(await scrapeOnce())) failed += 1;
    latencies.push(performance.now() - before);
  };
  const cpuBefore = await cpuOf(child);
  const start = performance.now();
  await load(scrape);
  const seconds = (performance.now() - start) / 1000;
  const cpu = (await cpuOf(child)) - cpuBefore;
  return {
    scrapesPerSecond: latencies.length / seconds,
    cpuMicrosecondsPerScrape: cpu / latencies.length,
    p99Milliseconds: quantile(latencies, 0.99),
    failed,
  };
}

async function cpuOf(child: ChildProcess): Promise<number> {
  child.send('cpu');
  const [report] = (await once(child, 'message')) as [ServerReport];
  return report.cpuMicroseconds;
}

function scrapeOnce(port: number, agent: Agent): Promise<boolean> {
  return new Promise((resolve) => {
    get({ host: '127.0.0.1', port, agent, headers: { accept: ACCEPT } }, (response) => {
      buffer(response).then(
        (body) => resolve(response.statusCode === 200 && body.length > 0),
        () => resolve(false),
      );
    }).on('error', () => resolve(false));
  });
}
