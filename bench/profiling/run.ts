// What allocation profiling costs a service: CPU per request, latency, memory, and the pause of one reading. Variants alternate
// burst by burst, so that a slow minute of the machine hits them all. Two processes that run the same differ by several per cent
// for as long as they live, so what counts is the generation: new processes, and one ratio of each. `A/A` is the first variant again,
// and what it differs by is what this run could not tell from nothing.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPeers } from '../peers.ts';
import { type Service, startService } from './load.ts';
import { startSink } from './sink.ts';

const GENERATIONS = 12;
const ROUNDS = 8;
/** By then V8 has compiled what it will, and the monitor has settled too. */
const WARM_UP_ROUNDS = 16;
const REQUESTS = 1000;

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

/** One process of a variant, over all its rounds. */
interface Lived {
  readonly startCpuSeconds: number;
  readonly cpuMicroseconds: number;
  readonly p99Milliseconds: number;
  readonly rssBytes: number;
}

interface Result {
  readonly name: string;
  readonly cpuMicroseconds: number;
  /** Against the first variant, generation by generation: quartiles and, between them, the median. */
  readonly cpuRatio: readonly [number, number, number];
  readonly p99Ratio: readonly [number, number, number];
  /** More than the first variant, median. */
  readonly rssBytes: number;
  /** CPU that the process has taken when it listens, median of the generations. */
  readonly startCpuSeconds: number;
}

const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))] ?? Number.NaN;

const median = (values: readonly number[]): number => quantile(values, 0.5);

/** One service, and what its bursts took. */
interface Running {
  readonly service: Service;
  readonly startCpuSeconds: number;
  readonly tookMilliseconds: number[];
  cpuSeconds: number;
}

async function begin(service: Service): Promise<Running> {
  const { cpuSeconds } = await service.cost();
  return { service, startCpuSeconds: cpuSeconds, tookMilliseconds: [], cpuSeconds: 0 };
}

async function burst(running: Running, isKept: boolean): Promise<void> {
  const before = await running.service.cost();
  const took = await running.service.serve(REQUESTS);
  const after = await running.service.cost();
  if (!isKept) return;
  running.tookMilliseconds.push(...took);
  running.cpuSeconds += after.cpuSeconds - before.cpuSeconds;
}

async function end({ service, startCpuSeconds, tookMilliseconds, cpuSeconds }: Running): Promise<Lived> {
  const { rssBytes } = await service.cost();
  service.stop();
  return {
    startCpuSeconds,
    cpuMicroseconds: (cpuSeconds / tookMilliseconds.length) * 1e6,
    p99Milliseconds: quantile(tookMilliseconds, 0.99),
    rssBytes,
  };
}

/** By variant. */
async function liveOnce(
  service: readonly string[],
  variants: readonly Variant[],
  generation: number,
): Promise<readonly Lived[]> {
  const all: Running[] = [];
  for (const { preloads, environment } of variants)
    all.push(await begin(await startService(service, preloads, environment)));
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1)
    for (const index of inTurn(all.length, generation + round)) {
      const running = all[index];
      if (running) await burst(running, round >= 0);
    }
  return Promise.all(all.map(end));
}

async function measureService(
  service: readonly string[],
  variants: readonly Variant[],
): Promise<readonly Result[]> {
  const generations: (readonly Lived[])[] = [];
  for (let generation = 0; generation < GENERATIONS; generation += 1)
    generations.push(await liveOnce(service, variants, generation));
  return variants.map(({ name }, index) => summarise(name, index, generations));
}

/** Every index once, each time beginning with another: nobody always comes after the same neighbour's rest. */
function inTurn(count: number, first: number): number[] {
  return Array.from({ length: count }, (_, index) => (((index + first) % count) + count) % count);
}

function summarise(name: string, index: number, generations: readonly (readonly Lived[])[]): Result {
  const pairs = generations.flatMap((lived) => {
    const [first, one] = [lived[0], lived[index]];
    return first && one ? [{ first, one }] : [];
  });
  const ratio = (of: (lived: Lived) => number): readonly [number, number, number] => {
    const ratios = pairs.map(({ first, one }) => of(one) / of(first));
    return [quantile(ratios, 0.25), median(ratios), quantile(ratios, 0.75)];
  };
  return {
    name,
    cpuMicroseconds: median(pairs.map(({ one }) => one.cpuMicroseconds)),
    cpuRatio: ratio(({ cpuMicroseconds }) => cpuMicroseconds),
    p99Ratio: ratio(({ p99Milliseconds }) => p99Milliseconds),
    rssBytes: median(pairs.map(({ first, one }) => one.rssBytes - first.rssBytes)),
    startCpuSeconds: median(pairs.map(({ one }) => one.startCpuSeconds)),
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

const ratioText = ([low, middle, high]: readonly [number, number, number]): string =>
  `${two(middle)} (${two(low)} to ${two(high)})`;

function table(title: string, results: readonly Result[]): string {
  const rows = results.map(
    ({ name, cpuMicroseconds, cpuRatio, p99Ratio, rssBytes, startCpuSeconds }) =>
      `| ${name} | ${cpuMicroseconds.toFixed(0)} | ${ratioText(cpuRatio)} | ${ratioText(p99Ratio)} | ${(rssBytes / MIB).toFixed(0)} | ${(1000 * startCpuSeconds).toFixed(0)} |`,
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
A JSON service under load: ${GENERATIONS} generations of processes, in each ${ROUNDS} rounds of alternating variants after ${WARM_UP_ROUNDS} of warm-up, ${REQUESTS} requests a
burst, 512 KiB between samples. CPU is that of the whole process, the monitor's thread included, while it serves. A ratio is against the
first row's process of the same generation: the median, and in brackets the quartiles. What the A/A row differs from 1 by is what this run could not tell from nothing.

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
