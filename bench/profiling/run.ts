// What allocation profiling costs a service: CPU per request, latency, memory, and the pause of one reading. `npm run bench profiling`
// takes about twenty-five minutes, and a machine with nothing else to do.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { quantile } from '../metrics/statistics.ts';
import { installPeers } from '../peers.ts';
import { GENERATIONS, measureService, PROCESSES, REQUESTS, ROUNDS, WARM_UP_SECONDS } from './generations.ts';
import { type Ratio, type Result, summarise } from './results.ts';
import { startSink } from './sink.ts';
import { servicesWith, variantsWith } from './variants.ts';

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

async function measureServices(): Promise<Readonly<Record<string, readonly Result[]>>> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-profiling-'));
  const sink = await startSink();
  try {
    const installed = installPeers(folder, ['fastify', '@pyroscope/nodejs']);
    const peers = { folder, installed, sinkUrl: sink.url };
    const variants = variantsWith(peers);
    const measured: Record<string, readonly Result[]> = {};
    for (const [title, service] of Object.entries(servicesWith(peers))) {
      const tell = (done: number): void => console.error(`${title}: generation ${done} of ${GENERATIONS}`);
      measured[title] = summarise(variants, await measureService(service, variants, tell));
    }
    return measured;
  } finally {
    sink.close();
    rmSync(folder, { recursive: true });
  }
}

const MIB = 1024 ** 2;

const ratioText = ({ mean, standardError }: Ratio): string =>
  `${mean.toFixed(3)} ± ${standardError.toFixed(3)}`;

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
A JSON service under load: ${GENERATIONS} generations of ${PROCESSES} processes of each variant, in each ${ROUNDS} rounds of alternating processes, in a new order every round,
after ${WARM_UP_SECONDS} seconds of warm-up (the monitor has settled by then, and Pyroscope has pushed its first profile, from which on it takes more), ${REQUESTS} requests a burst, 512 KiB between samples. CPU is that of the whole process, the monitor's thread included, while it serves. A ratio is
against all processes without the monitor of the same generation: the mean over the processes ± its standard error. What the first two rows differ from 1 by is what this run could not tell from nothing.
Half-way through the warm-up each process collects its garbage while it is idle, several times, as one that stays up does. Up to Node.js 25 that
makes process.nextTick slow for good, unless something holds the object of a tick. The monitor does, which gives a service back more than
profiling takes. The third row has nothing but that: what the rows below it differ from it by is what the monitor itself takes, and
what a process sees that has not been idle yet.
An order has many fields: V8 writes the names of properties quickly when none has its address in common with another, modulo 1024, which
makes 4 % of the service's time where there are few.
The young generation of the thread that serves has 16 MiB in every process from the start: it is a matter of chance when V8 makes it grow and shrink.

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

const results = await measureServices();
const pauses = measurePauses();
const out = join(import.meta.dirname, '../results/profiling');
writeFileSync(`${out}.json`, `${JSON.stringify({ node: process.version, results, pauses }, undefined, 2)}\n`);
writeFileSync(`${out}.md`, page(results, pauses));
console.log(page(results, pauses));
