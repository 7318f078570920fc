// What allocation profiling costs a service: CPU per request, latency, memory, and the pause of one reading. Variants alternate
// burst by burst, so that a slow minute of the machine hits them all; `A/A` is the first one again, and what it differs by is
// what this run could not tell from nothing.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { type Service, startService } from './load.ts';

const ROUNDS = 24;
const WARM_UP_ROUNDS = 6;
const REQUESTS = 1500;

const PROFILING = { MONITORING_TRACEMALLOC_ENABLED: 'true' };
const VARIANTS: Readonly<Record<string, Record<string, string> | undefined>> = {
  'without the monitor': undefined,
  'A/A: without it again': undefined,
  'monitor, no profiling': {},
  'profiling, inlining kept': { ...PROFILING, MONITORING_TRACEMALLOC_INLINING: 'true' },
  'profiling (the default)': PROFILING,
};

interface Burst {
  readonly cpuMicroseconds: number;
  readonly p99Milliseconds: number;
}

interface Result {
  readonly name: string;
  readonly cpuMicroseconds: number;
  /** Against the first variant, round by round: median and the quartiles. */
  readonly cpuRatio: readonly [number, number, number];
  readonly p99Ratio: number;
  readonly rssBytes: number;
}

const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))] ?? Number.NaN;

async function burst(service: Service): Promise<Burst> {
  const before = await service.cost();
  const took = await service.serve(REQUESTS);
  const after = await service.cost();
  return {
    cpuMicroseconds: ((after.cpuSeconds - before.cpuSeconds) / took.length) * 1e6,
    p99Milliseconds: quantile(took, 0.99),
  };
}

async function measureServices(): Promise<readonly Result[]> {
  const services = await Promise.all(Object.values(VARIANTS).map(startService));
  const bursts = services.map((): Burst[] => []);
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    for (const [index, service] of services.entries()) {
      const measured = await burst(service);
      if (round >= 0) bursts[index]?.push(measured);
    }
  }
  const costs = await Promise.all(services.map((service) => service.cost()));
  for (const service of services) service.stop();
  return Object.keys(VARIANTS).map((name, index) =>
    summarise(name, bursts[index] ?? [], bursts[0] ?? [], costs[index]?.rssBytes ?? 0),
  );
}

function summarise(
  name: string,
  bursts: readonly Burst[],
  baseline: readonly Burst[],
  rssBytes: number,
): Result {
  const ratios = (of: (burst: Burst) => number): number[] =>
    bursts.map((each, round) => of(each) / of(baseline[round] ?? each));
  const cpu = ratios(({ cpuMicroseconds }) => cpuMicroseconds);
  return {
    name,
    cpuMicroseconds: quantile(
      bursts.map(({ cpuMicroseconds }) => cpuMicroseconds),
      0.5,
    ),
    cpuRatio: [quantile(cpu, 0.25), quantile(cpu, 0.5), quantile(cpu, 0.75)],
    p99Ratio: quantile(
      ratios(({ p99Milliseconds }) => p99Milliseconds),
      0.5,
    ),
    rssBytes,
  };
}

interface Pauses {
  readonly idle: readonly number[];
  readonly reading: readonly number[];
  readonly heapBytes: number;
}

function measurePauses(): Pauses {
  const { stdout } = spawnSync(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--max-old-space-size=3072',
      join(import.meta.dirname, 'pause.ts'),
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return JSON.parse(stdout) as Pauses;
}

const MIB = 1024 ** 2;
const two = (value: number): string => value.toFixed(2);

function page(results: readonly Result[], pauses: Pauses): string {
  const first = results[0]?.rssBytes ?? 0;
  const rows = results.map(
    ({ name, cpuMicroseconds, cpuRatio: [low, median, high], p99Ratio, rssBytes }) =>
      `| ${name} | ${cpuMicroseconds.toFixed(0)} | ${two(median)} (${two(low)} to ${two(high)}) | ${two(p99Ratio)} | ${((rssBytes - first) / MIB).toFixed(0)} |`,
  );
  const pause = (values: readonly number[]): string =>
    `${quantile(values, 0.5).toFixed(2)} | ${Math.max(...values).toFixed(2)}`;
  return `# What allocation profiling costs

\`npm run bench profiling\`, on Node.js ${process.versions.node}, ${cpus().length} processors (${cpus()[0]?.model ?? 'unknown'}).
A JSON service under load, ${REQUESTS} requests a burst, ${ROUNDS} rounds of alternating variants, 512 KiB between samples. CPU is that of
the whole process, the monitor's thread included, while it serves. The ratio is against the first row in the same round: median, and
in brackets the quartiles. What the A/A row differs from 1 by is what this run could not tell from nothing.

| variant | CPU a request, µs | CPU ratio | p99 ratio | RSS more, MiB |
|---|---|---|---|---|
${rows.join('\n')}

The longest gap in a main thread with ${(pauses.heapBytes / MIB).toFixed(0)} MiB of live heap, in milliseconds:

| | median | most |
|---|---|---|
| while a worker reads its profile (${pauses.reading.length} readings) | ${pause(pauses.reading)} |
| while it does not (${pauses.idle.length} stretches of about 200 ms) | ${pause(pauses.idle)} |
`;
}

const results = await measureServices();
const pauses = measurePauses();
const out = join(import.meta.dirname, '../results/profiling');
writeFileSync(`${out}.json`, `${JSON.stringify({ node: process.version, results, pauses }, undefined, 2)}\n`);
writeFileSync(`${out}.md`, page(results, pauses));
console.log(page(results, pauses));
