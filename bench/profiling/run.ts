// What allocation profiling costs a service: CPU per request, latency, memory, and the pause of one reading. Variants alternate
// burst by burst, so that a slow minute of the machine hits them all; every generation is made of new processes, because two
// processes that run the same differ by several per cent for as long as they live. `A/A` is the first variant again, and what it
// differs by is what this run could not tell from nothing.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPeers } from '../peers.ts';
import { type Service, startService } from './load.ts';
import { startSink } from './sink.ts';

const GENERATIONS = 3;
const ROUNDS = 16;
/** By then V8 has compiled what it will, and the monitor has settled too. */
const WARM_UP_ROUNDS = 24;
const REQUESTS = 1500;

/** As it is installed: from the sources, stripping their types would be measured too. */
const REGISTER = join(import.meta.dirname, '../../dist/register.js');
const PYROSCOPE = join(import.meta.dirname, 'pyroscope.mjs');

const PROFILING = { MONITORING_PORT: '0', MONITORING_TRACEMALLOC_ENABLED: 'true' };

interface Variant {
  readonly name: string;
  readonly preloads: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const VARIANTS: readonly Variant[] = [
  { name: 'without the monitor', preloads: [], environment: {} },
  { name: 'A/A: without it again', preloads: [], environment: {} },
  { name: 'monitor, no profiling', preloads: [REGISTER], environment: { MONITORING_PORT: '0' } },
  {
    name: 'profiling, inlining kept',
    preloads: [REGISTER],
    environment: { ...PROFILING, MONITORING_TRACEMALLOC_INLINING: 'true' },
  },
  { name: 'profiling (the default)', preloads: [REGISTER], environment: PROFILING },
  {
    name: "profiling, V8's inlining off",
    preloads: [REGISTER],
    environment: { ...PROFILING, MONITORING_TRACEMALLOC_PADDING: 'false' },
  },
];

interface Peers {
  readonly folder: string;
  readonly installed: readonly string[];
  readonly sinkUrl: string;
}

function variantsWith({ folder, installed, sinkUrl }: Peers): readonly Variant[] {
  if (!installed.includes('@pyroscope/nodejs')) return VARIANTS;
  const environment = { PEERS_FOLDER: folder, PYROSCOPE_SERVER: sinkUrl };
  return [...VARIANTS, { name: '@pyroscope/nodejs, heap profile', preloads: [PYROSCOPE], environment }];
}

function servicesWith({ folder, installed }: Peers): Readonly<Record<string, readonly string[]>> {
  return {
    'node:http': ['http'],
    ...(installed.includes('fastify') && { fastify: ['fastify', folder] }),
  };
}

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
  /** CPU that the process has taken when it listens, median of the generations. */
  readonly startCpuSeconds: number;
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

async function measureService(
  service: readonly string[],
  variants: readonly Variant[],
): Promise<readonly Result[]> {
  const bursts = variants.map((): Burst[] => []);
  const startCpu = variants.map((): number[] => []);
  let rssBytes: readonly number[] = [];
  for (let generation = 0; generation < GENERATIONS; generation += 1) {
    const services: Service[] = [];
    for (const { preloads, environment } of variants) {
      const started = await startService(service, preloads, environment);
      startCpu[services.length]?.push((await started.cost()).cpuSeconds);
      services.push(started);
    }
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
      const kept = round >= 0 ? bursts : variants.map((): Burst[] => []);
      for (const index of inTurn(variants.length, generation + round)) {
        const one = services[index];
        if (one) kept[index]?.push(await burst(one));
      }
    }
    rssBytes = (await Promise.all(services.map((one) => one.cost()))).map((cost) => cost.rssBytes);
    for (const one of services) one.stop();
  }
  return variants.map(({ name }, index) => ({
    ...summarise(name, bursts[index] ?? [], bursts[0] ?? [], rssBytes[index] ?? 0),
    startCpuSeconds: quantile(startCpu[index] ?? [], 0.5),
  }));
}

/** Every index once, each time beginning with another: nobody always comes after the same neighbour's rest. */
function inTurn(count: number, first: number): number[] {
  return Array.from({ length: count }, (_, index) => (((index + first) % count) + count) % count);
}

function summarise(
  name: string,
  bursts: readonly Burst[],
  baseline: readonly Burst[],
  rssBytes: number,
): Omit<Result, 'startCpuSeconds'> {
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

function table(title: string, results: readonly Result[]): string {
  const first = results[0]?.rssBytes ?? 0;
  const rows = results.map(
    ({ name, cpuMicroseconds, cpuRatio: [low, median, high], p99Ratio, rssBytes, startCpuSeconds }) =>
      `| ${name} | ${cpuMicroseconds.toFixed(0)} | ${two(median)} (${two(low)} to ${two(high)}) | ${two(p99Ratio)} | ${((rssBytes - first) / MIB).toFixed(0)} | ${(1000 * startCpuSeconds).toFixed(0)} |`,
  );
  return `A service of ${title}:

| variant | CPU a request, µs | CPU ratio | p99 ratio | RSS more, MiB | CPU until it listens, ms |
|---|---|---|---|---|---|
${rows.join('\n')}
`;
}

function page(measured: Readonly<Record<string, readonly Result[]>>, pauses: Pauses): string {
  const pause = (values: readonly number[]): string =>
    `${quantile(values, 0.5).toFixed(2)} | ${Math.max(...values).toFixed(2)}`;
  return `# What allocation profiling costs

\`npm run bench profiling\`, on Node.js ${process.versions.node}, ${cpus().length} processors (${cpus()[0]?.model ?? 'unknown'}).
A JSON service under load, ${REQUESTS} requests a burst, ${GENERATIONS * ROUNDS} rounds of alternating variants in ${GENERATIONS} generations of processes, each after ${WARM_UP_ROUNDS} rounds of warm-up, 512 KiB between samples. CPU is that of
the whole process, the monitor's thread included, while it serves. The ratio is against the first row in the same round: median, and
in brackets the quartiles. What the A/A row differs from 1 by is what this run could not tell from nothing.

By default the functions of the application and its packages are padded, so that V8 inlines none of them, and Node.js's own stay as they are.
Where they cannot be padded, V8's inlining is off as a whole, as in the last row but Pyroscope's.

${Object.entries(measured)
  .map(([title, results]) => table(title, results))
  .join('\n')}
The longest gap in a main thread with ${(pauses.heapBytes / MIB).toFixed(0)} MiB of live heap, in milliseconds:

| | median | most |
|---|---|---|
| while a worker reads its profile (${pauses.reading.length} readings) | ${pause(pauses.reading)} |
| while it does not (${pauses.idle.length} stretches of about 200 ms) | ${pause(pauses.idle)} |
`;
}

async function measureServices(): Promise<Readonly<Record<string, readonly Result[]>>> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-profiling-'));
  const sink = await startSink();
  try {
    const peers = {
      folder,
      installed: installPeers(folder, ['fastify', '@pyroscope/nodejs']),
      sinkUrl: sink.url,
    };
    const measured: Record<string, readonly Result[]> = {};
    for (const [title, service] of Object.entries(servicesWith(peers)))
      measured[title] = await measureService(service, variantsWith(peers));
    return measured;
  } finally {
    sink.close();
    rmSync(folder, { recursive: true });
  }
}

const results = await measureServices();
const pauses = measurePauses();
const out = join(import.meta.dirname, '../results/profiling');
writeFileSync(`${out}.json`, `${JSON.stringify({ node: process.version, results, pauses }, undefined, 2)}\n`);
writeFileSync(`${out}.md`, page(results, pauses));
console.log(page(results, pauses));
