// `node bench/leak/cost.ts`: what judging many series costs a sample and a health check. 500 processes known by their RSS alone, a sample
// every 10 s, a check every minute, for twelve hours; every tenth leaks. The same five times over: what a turn takes in most of the runs
// is its own, what it takes in one of them is the machine's. Writes bench/results/leak-cost.json and leak-cost.md.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLeakWatch } from '../../src/leak/index.ts';
import { mean } from '../metrics/statistics.ts';
import { createRandom } from './random.ts';

interface Spread {
  readonly mean: number;
  readonly median: number;
  readonly p99: number;
  readonly max: number;
}

interface Run {
  /** Elapsed milliseconds, of each in turn. A check is a turn of work and the verdicts on all series. */
  readonly checks: readonly number[];
  readonly turns: readonly number[];
  /** A sample added to every series. */
  readonly additions: readonly number[];
  /** Of all checks and turns: what they compute and the collections that stop them. */
  readonly cpuMs: number;
  readonly found: number;
}

const SERIES = 500;
const HOURS = 12;
const SAMPLES = HOURS * 360;
const SAMPLES_PER_CHECK = 6;
const LEAKS_EVERY = 10;

const RUNS = 5;

function measureRun(): Run {
  const watch = createLeakWatch();
  const random = createRandom(3);
  const levels = Array.from({ length: SERIES }, () => random.scale(20e6, 1e9));
  const [checks, turns, additions]: [number[], number[], number[]] = [[], [], []];
  let cpuMs = 0;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const sizes = levels.map((level, series) => {
      const grown = series % LEAKS_EVERY === 0 ? sample / SAMPLES : 0;
      return Math.round(level * (1 + 0.5 * grown + 0.01 * random.normal()));
    });
    const add = () => {
      for (const [series, rssBytes] of sizes.entries())
        watch.add(`process:${series}`, { atSeconds: sample * 10, rssBytes });
    };
    additions.push(elapsedMs(add));
    const before = process.threadCpuUsage();
    turns.push(elapsedMs(() => watch.work()));
    if (sample % SAMPLES_PER_CHECK === 0) checks.push(elapsedMs(() => watch.check()));
    const { user, system } = process.threadCpuUsage(before);
    cpuMs += (user + system) / 1000;
  }
  const found = watch.check().filter(({ kind }) => kind === 'leaking').length;
  return { checks, turns, additions, cpuMs, found };
}

function elapsedMs(work: () => void): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

type Timed = 'checks' | 'turns' | 'additions';

/** Of each in turn, its median over the runs. */
function usual(runs: readonly Run[], what: Timed): number[] {
  return (runs[0]?.[what] ?? []).map((_, index) => {
    const sorted = runs.map((run) => run[what][index] ?? 0).toSorted((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? 0;
  });
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { mean: mean(values), median: at(0.5), p99: at(0.99), max: at(1) };
}

const NAMES: Readonly<Record<Timed, string>> = {
  checks: 'a check',
  turns: 'a turn of work at a sample',
  additions: `a sample taken in of each of ${SERIES}`,
};

function costOf(runs: readonly Run[]) {
  const [first] = runs as [Run, ...Run[]];
  const rows = (Object.keys(NAMES) as Timed[]).map((what) => ({
    what: NAMES[what],
    firstRun: spreadOf(first[what]),
    usual: spreadOf(usual(runs, what)),
  }));
  const timed = runs.reduce((sum, { checks, turns }) => sum + checks.length + turns.length, 0);
  const meanCpuMs = runs.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / timed;
  return { checks: first.checks.length, samples: SAMPLES, rows, meanCpuMs, found: first.found };
}

const cellsOf = ({ mean, median, p99, max }: Spread) =>
  [mean, median, p99, max].map((ms) => ms.toFixed(1)).join(' | ');

function pageOf({ checks, samples, rows, meanCpuMs, found }: ReturnType<typeof costOf>): string {
  return `# What leak verdicts cost

<!-- Made by bench/leak/cost.ts. -->

${SERIES} processes known by their RSS, a sample every 10 s, a health check every minute, for ${HOURS} hours; every ${LEAKS_EVERY}th leaks. Elapsed
milliseconds (${checks} checks, ${samples} samples), from a cold start, and as usual: each at its median over ${RUNS} runs of the same.

|  | mean | median | 99th percentile | worst |
| --- | ---: | ---: | ---: | ---: |
${rows.flatMap(({ what, firstRun, usual }) => [`| ${what}, from a cold start | ${cellsOf(firstRun)} |`, `| ${what}, as usual | ${cellsOf(usual)} |`]).join('\n')}

Checks and turns took ${meanCpuMs.toFixed(2)} ms of CPU each in the mean, collections included; ${found} of ${SERIES / LEAKS_EVERY} leaks were found. A single run has
in it whatever else the machine did.
`;
}

const cost = costOf(Array.from({ length: RUNS }, measureRun));
const folder = join(import.meta.dirname, '..', 'results');
writeFileSync(join(folder, 'leak-cost.json'), `${JSON.stringify(cost, null, 2)}\n`);
writeFileSync(join(folder, 'leak-cost.md'), pageOf(cost));
console.log(pageOf(cost));
