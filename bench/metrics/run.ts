// What a scrape costs: `node bench/metrics/run.ts` measures and writes bench/results/metrics.{json,md}. Takes about a minute.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { join } from 'node:path';
import { createExposition } from '../../src/metrics/index.ts';
import { measuredReading, TRACKED_PROCESSES } from './reading.ts';
import { measureRendering, type RenderResult } from './rendering.ts';
import { type ScrapeResult, type ServerKind, scrapeAsFastAsItAnswers, scrapeAtRate } from './scraping.ts';
import { quantile } from './statistics.ts';

const RESULTS = join(import.meta.dirname, '../results');
const ROUNDS = 3;
const ROUND_SECONDS = 3;
const RATE_PER_SECOND = 500;
const RATE_SECONDS = 10;

/** The first again, as the last: what they differ by is noise. */
const SERVERS: readonly (readonly [string, ServerKind])[] = [
  ['Plimsoll', 'plimsoll'],
  ['a constant text of the same size', 'constant'],
  ['Plimsoll, A/A', 'plimsoll'],
];

interface Named extends ScrapeResult {
  readonly name: string;
}

async function flatOut(): Promise<readonly Named[]> {
  const rounds = SERVERS.map((): ScrapeResult[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, [, kind]] of SERVERS.entries())
      rounds[index]?.push(await scrapeAsFastAsItAnswers(kind, ROUND_SECONDS));
  }
  return SERVERS.map(([name], index) => ({ name, ...median(rounds[index] ?? []) }));
}

function median(results: readonly ScrapeResult[]): ScrapeResult {
  const of = (figure: (result: ScrapeResult) => number) => quantile(results.map(figure), 0.5);
  return {
    scrapesPerSecond: of((result) => result.scrapesPerSecond),
    cpuMicrosecondsPerScrape: of((result) => result.cpuMicrosecondsPerScrape),
    p99Milliseconds: of((result) => result.p99Milliseconds),
    failed: results.reduce((sum, { failed }) => sum + failed, 0),
  };
}

interface Results {
  readonly machine: { readonly processors: number; readonly kernel: string; readonly node: string };
  readonly bytes: number;
  readonly series: number;
  readonly rendering: readonly RenderResult[];
  readonly flatOut: readonly Named[];
  readonly atRate: ScrapeResult;
}

async function measure(): Promise<Results> {
  const exposition = createExposition({ prefix: 'vertex_ar_' });
  exposition.update(() => measuredReading());
  const { body } = await exposition.text(undefined);
  return {
    machine: { processors: cpus().length, kernel: release(), node: process.version },
    bytes: Buffer.byteLength(body),
    series: body.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length,
    rendering: await measureRendering(),
    flatOut: await flatOut(),
    atRate: await scrapeAtRate('plimsoll', RATE_PER_SECOND, RATE_SECONDS),
  };
}

function page({ machine, bytes, series, rendering, flatOut, atRate }: Results): string {
  const cpuShare = (atRate.cpuMicrosecondsPerScrape * atRate.scrapesPerSecond) / 10_000;
  return `# What a scrape costs

${TRACKED_PROCESSES} tracked processes, every metric family present: ${series} series, ${(bytes / 1024).toFixed(1)} KiB.
${machine.processors} processors, Linux ${machine.kernel}, Node.js ${machine.node}; the machine was not idle. \`node bench/metrics/run.ts\`.

## CPU of one text

| | median, µs | least, µs | most, µs |
|---|---:|---:|---:|
${rendering.map(({ name, median, min, max }) => `| ${name} | ${micros(median)} | ${micros(min)} | ${micros(max)} |`).join('\n')}

The text is made once for each reading and format, at the first scrape that asks for it. What came after it is *any further scrape*.

## Through a bare \`node:http\` server, as fast as it answers

8 connections, a new reading each second, medians of ${ROUNDS} rounds of ${ROUND_SECONDS} s; the scraper shares the machine.

| | scrapes a second | server CPU a scrape, µs | p99, ms | failed |
|---|---:|---:|---:|---:|
${flatOut.map((row) => `| ${row.name} | ${row.scrapesPerSecond.toFixed(0)} | ${micros(row.cpuMicrosecondsPerScrape)} | ${row.p99Milliseconds.toFixed(1)} | ${row.failed} |`).join('\n')}

## At ${RATE_PER_SECOND} scrapes a second, for ${RATE_SECONDS} s

${atRate.scrapesPerSecond.toFixed(0)} a second answered, ${atRate.failed} failed, p99 ${atRate.p99Milliseconds.toFixed(1)} ms, ${micros(atRate.cpuMicrosecondsPerScrape)} µs of server CPU a scrape: ${cpuShare.toFixed(1)} % of one processor.
`;
}

function micros(value: number): string {
  return value >= 10 ? value.toFixed(0) : value.toFixed(2);
}

const results = await measure();
mkdirSync(RESULTS, { recursive: true });
writeFileSync(join(RESULTS, 'metrics.json'), `${JSON.stringify(results, null, 2)}\n`);
writeFileSync(join(RESULTS, 'metrics.md'), page(results));
console.log(page(results));
