// What precise mode costs a service in CPU, against the same service without the monitor and with ordinary profiling at the same
// interval. Variants alternate burst by burst; `A/A` is the first one again, and what it differs by is what this run could not
// tell from nothing.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { type Service, startService } from '../profiling/load.ts';

const ROUNDS = 24;
const WARM_UP_ROUNDS = 6;
const REQUESTS = 1000;

/** As it is installed: from the sources, stripping their types would be measured too. */
const REGISTER = join(import.meta.dirname, '../../dist/register.js');

const PROFILING = {
  MONITORING_PORT: '0',
  MONITORING_TRACEMALLOC_ENABLED: 'true',
  MONITORING_TRACEMALLOC_SAMPLE_BYTES: '65536',
};

const VARIANTS = [
  { name: 'without the monitor', preloads: [], environment: {} },
  { name: 'A/A: without it again', preloads: [], environment: {} },
  { name: 'profiling, 64 KiB between samples', preloads: [REGISTER], environment: PROFILING },
  {
    name: 'precise mode',
    preloads: [REGISTER],
    environment: { ...PROFILING, MONITORING_TRACEMALLOC_PRECISE: 'true' },
  },
] as const;

interface Result {
  readonly name: string;
  readonly cpuMicroseconds: number;
  /** Against the first variant, round by round: median and the quartiles. */
  readonly cpuRatio: readonly [number, number, number];
}

const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))] ?? Number.NaN;

async function cpuOfBurst(service: Service): Promise<number> {
  const before = await service.cost();
  const { length } = await service.serve(REQUESTS);
  const after = await service.cost();
  return ((after.cpuSeconds - before.cpuSeconds) / length) * 1e6;
}

async function measure(): Promise<readonly Result[]> {
  const services = await Promise.all(
    VARIANTS.map(({ preloads, environment }) => startService(['http'], preloads, environment)),
  );
  const bursts = services.map((): number[] => []);
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    for (const [index, service] of services.entries()) {
      const measured = await cpuOfBurst(service);
      if (round >= 0) bursts[index]?.push(measured);
    }
  }
  for (const service of services) service.stop();
  return VARIANTS.map(({ name }, index) => summarise(name, bursts[index] ?? [], bursts[0] ?? []));
}

function summarise(name: string, cpu: readonly number[], baseline: readonly number[]): Result {
  const ratios = cpu.map((each, round) => each / (baseline[round] ?? Number.NaN));
  return {
    name,
    cpuMicroseconds: quantile(cpu, 0.5),
    cpuRatio: [quantile(ratios, 0.25), quantile(ratios, 0.5), quantile(ratios, 0.75)],
  };
}

const two = (value: number): string => value.toFixed(2);

function page(results: readonly Result[]): string {
  const rows = results.map(
    ({ name, cpuMicroseconds, cpuRatio: [low, median, high] }) =>
      `| ${name} | ${cpuMicroseconds.toFixed(0)} | ${two(median)} (${two(low)} to ${two(high)}) |`,
  );
  return `# What precise mode costs

\`npm run bench precise\`, on Node.js ${process.versions.node}, ${cpus().length} processors (${cpus()[0]?.model ?? 'unknown'}).
A JSON service of node:http under load, which copies an order of 40 lines for each request: ${REQUESTS} requests a burst, ${ROUNDS} rounds of
alternating variants. CPU is that of the whole process, the monitor's thread included, while it serves. The ratio is against the first
row in the same round: median, and in brackets the quartiles. What the A/A row differs from 1 by is what this run could not tell from
nothing.

| variant | CPU a request, µs | CPU ratio |
|---|---|---|
${rows.join('\n')}
`;
}

const results = await measure();
const out = join(import.meta.dirname, '../results/precise');
writeFileSync(`${out}.json`, `${JSON.stringify({ node: process.version, results }, undefined, 2)}\n`);
writeFileSync(`${out}.md`, page(results));
console.log(page(results));
