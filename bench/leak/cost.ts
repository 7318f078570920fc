// `node bench/leak/cost.ts`: what judging many series costs a health check. 500 processes known by their RSS alone, a sample every 10 s,
// a check every minute, for twelve hours; every tenth leaks. Twice over, so that the difference between the two says how much of the
// figures is the machine's. Writes bench/results/leak-cost.json and leak-cost.md.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLeakWatch } from '../../src/leak/index.ts';
import { createRandom } from './random.ts';

interface Spread {
  readonly mean: number;
  readonly median: number;
  readonly p99: number;
  readonly max: number;
}

interface Cost {
  readonly checks: number;
  /** CPU time of the thread: what it computes and the collections that stop it. */
  readonly cpuMs: Spread;
  /** With all that the machine did meanwhile. */
  readonly elapsedMs: Spread;
  /** Adding one sample to one series. */
  readonly addMicroseconds: number;
  readonly found: number;
}

const SERIES = 500;
const HOURS = 12;
const SAMPLES = HOURS * 360;
const SAMPLES_PER_CHECK = 6;
const LEAKS_EVERY = 10;

function measureCost(): Cost {
  const watch = createLeakWatch();
  const random = createRandom(3);
  const levels = Array.from({ length: SERIES }, () => random.scale(20e6, 1e9));
  const cpu: number[] = [];
  const elapsed: number[] = [];
  let adding = 0;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const sizes = levels.map((level, series) => {
      const grown = series % LEAKS_EVERY === 0 ? sample / SAMPLES : 0;
      return Math.round(level * (1 + 0.5 * grown + 0.01 * random.normal()));
    });
    adding += cpuMs(() => {
      for (const [series, rssBytes] of sizes.entries())
        watch.add(`process:${series}`, { atSeconds: sample * 10, rssBytes });
    });
    if (sample % SAMPLES_PER_CHECK !== 0) continue;
    const begun = performance.now();
    cpu.push(cpuMs(() => watch.check()));
    elapsed.push(performance.now() - begun);
  }
  return {
    checks: cpu.length,
    cpuMs: spreadOf(cpu),
    elapsedMs: spreadOf(elapsed),
    addMicroseconds: (1000 * adding) / (SAMPLES * SERIES),
    found: watch.check().filter(({ kind }) => kind === 'leaking').length,
  };
}

function cpuMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  return { mean, median: at(0.5), p99: at(0.99), max: at(1) };
}

const rowOf = (name: string, { mean, median, p99, max }: Spread) =>
  `| ${name} | ${[mean, median, p99, max].map((ms) => ms.toFixed(1)).join(' | ')} |`;

function pageOf(runs: readonly Cost[]): string {
  const names = ['first run', 'again'];
  const rows = runs.flatMap(({ cpuMs, elapsedMs }, index) => [
    rowOf(`CPU time, ${names[index]}`, cpuMs),
    rowOf(`elapsed, ${names[index]}`, elapsedMs),
  ]);
  const [first] = runs;
  return `# What leak verdicts cost

<!-- Made by bench/leak/cost.ts. -->

${SERIES} processes known by their RSS, a sample every 10 s, a health check every minute, for ${HOURS} hours, from a cold start; every
${LEAKS_EVERY}th leaks. Milliseconds a check (${first?.checks} checks):

|  | mean | median | 99th percentile | worst |
| --- | ---: | ---: | ---: | ---: |
${rows.join('\n')}

A sample costs ${first?.addMicroseconds.toFixed(1)} µs; ${first?.found} of ${SERIES / LEAKS_EVERY} leaks were found. Elapsed time has in it whatever else the machine did; of CPU time, which the
kernel brings up to date every few milliseconds, the mean is right and the rest is coarse.
`;
}

const runs = [measureCost(), measureCost()];
const folder = join(import.meta.dirname, '..', 'results');
writeFileSync(join(folder, 'leak-cost.json'), `${JSON.stringify(runs, null, 2)}\n`);
writeFileSync(join(folder, 'leak-cost.md'), pageOf(runs));
console.log(pageOf(runs));
