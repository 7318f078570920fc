// What the store costs: `node bench/store/run.ts` measures and writes bench/results/store.{json,md}. Takes about two minutes.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { quantile, type Spread, spread } from '../metrics/statistics.ts';
import { measureChoosing, TABLE_SIZE } from './choosing.ts';
import { CHART_POINTS, type DrawResult, measureDrawing } from './drawing.ts';
import { INTERVAL_SECONDS, START_SECONDS, TRACKED } from './records.ts';
import { type DayResult, type TableSize, tableSizes, writeDays } from './writing.ts';

const RESULTS = join(import.meta.dirname, '../results');
const DAYS = 7;
const ROUNDS = 15;
const SEED = 20_260_101;

/** The first again, as the last: what they differ by is noise. */
const DRAWINGS: readonly (readonly [string, number])[] = [
  ['the week', 7 * 24],
  ['the last day', 24],
  ['the last hour', 1],
  ['the week, A/A', 7 * 24],
];

interface Results {
  readonly machine: { readonly processors: number; readonly kernel: string; readonly node: string };
  readonly days: readonly DayResult[];
  readonly tables: readonly TableSize[];
  /** Of record() and maintain() together. */
  readonly sampleMilliseconds: Spread & { readonly p99: number };
  readonly cpuMillisecondsPerSample: number;
  readonly drawing: readonly DrawResult[];
  readonly choosing: Spread;
}

function measure(dataDir: string): Results {
  const { days, sampleMilliseconds, cpuMillisecondsPerSample } = writeDays(dataDir, DAYS, SEED);
  const endSeconds = START_SECONDS + DAYS * 86_400;
  return {
    machine: { processors: cpus().length, kernel: release(), node: process.version },
    days,
    tables: tableSizes(dataDir),
    sampleMilliseconds: { ...spread(sampleMilliseconds), p99: quantile(sampleMilliseconds, 0.99) },
    cpuMillisecondsPerSample,
    drawing: DRAWINGS.map(([name, hours]) => measureDrawing(name, dataDir, hours, endSeconds, ROUNDS)),
    choosing: measureChoosing(SEED),
  };
}

function page({
  machine,
  days,
  tables,
  sampleMilliseconds: sample,
  cpuMillisecondsPerSample,
  drawing,
  choosing,
}: Results): string {
  return `# What the store costs

${TRACKED} tracked processes and the host every ${INTERVAL_SECONDS} s for ${DAYS} days, simulated: some processes idle, some at work, some leaking, some replaced
all the time. ${machine.processors} processors, Linux ${machine.kernel}, Node.js ${machine.node}; the machine was not idle. \`node bench/store/run.ts\`.

## On disk

A sample is one process at one time (RSS and CPU); the host's own figures, 14 a time, are in the file too and not counted.
Nothing is dropped in the first two days; then samples older than that are, and their minutes and hours stay.

| after day | samples | file, MiB | bytes a sample |
|---:|---:|---:|---:|
${days.map(({ day, processSamples, fileBytes, bytesPerSample }) => `| ${day} | ${processSamples} | ${mebibytes(fileBytes)} | ${bytesPerSample.toFixed(1)} |`).join('\n')}

The largest tables at the end:

| table | rows | MiB |
|---|---:|---:|
${tables.map(({ name, rows, bytes }) => `| ${name} | ${rows} | ${mebibytes(bytes)} |`).join('\n')}

## Recording

record() and maintain() of one sample, the commit and now and then a checkpoint included: median ${sample.median.toFixed(2)} ms, 99 % within
${sample.p99.toFixed(1)} ms, at most ${sample.max.toFixed(0)} ms of wall time, where the disk and whatever else ran on the machine are in the tail. CPU: ${cpuMillisecondsPerSample.toFixed(2)} ms a sample on
average, making up the samples included: ${((cpuMillisecondsPerSample / INTERVAL_SECONDS / 1000) * 100).toFixed(4)} % of one processor at this interval.

## Opening and drawing

Opens the store and reads every chart of a dashboard at ${CHART_POINTS} points, the file in the page cache. Milliseconds, ${ROUNDS} rounds.

| | charts | points | median | least | most | CPU, median |
|---|---:|---:|---:|---:|---:|---:|
${drawing.map(drawingRow).join('\n')}

## Choosing whom to track

One scan of ${TABLE_SIZE} processes into the process history: median ${choosing.median.toFixed(2)} ms, least ${choosing.min.toFixed(2)} ms.
`;
}

function drawingRow({ name, charts, points, milliseconds: ms, cpuMilliseconds: cpu }: DrawResult): string {
  const wall = [ms.median, ms.min, ms.max].map((value) => value.toFixed(0)).join(' | ');
  return `| ${name} | ${charts} | ${points} | ${wall} | ${cpu.median.toFixed(0)} |`;
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(1);
}

const dataDir = mkdtempSync(join(tmpdir(), 'plimsoll-bench-store-'));
try {
  const results = measure(dataDir);
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, 'store.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(RESULTS, 'store.md'), page(results));
  console.log(page(results));
} finally {
  rmSync(dataDir, { recursive: true });
}
