// What judging many series costs a health check: 500 processes known by their RSS alone, a sample every 10 s, a check every minute, for
// six hours; every tenth leaks. CPU time of the process, garbage collection included.
import { createLeakWatch } from '../../src/leak/index.ts';
import { createRandom } from './random.ts';

export interface Cost {
  readonly series: number;
  readonly checks: number;
  readonly meanMs: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  /** Adding one sample to one series. */
  readonly addMicroseconds: number;
  readonly leaking: number;
  readonly found: number;
}

const SERIES = 500;
const SAMPLES = 2160;
const SAMPLES_PER_CHECK = 6;
const LEAKS_EVERY = 10;

export function measureCost(): Cost {
  const watch = createLeakWatch();
  const random = createRandom(3);
  const levels = Array.from({ length: SERIES }, () => random.scale(20e6, 1e9));
  const checks: number[] = [];
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
    if (sample % SAMPLES_PER_CHECK === 0) checks.push(cpuMs(() => watch.check()));
  }
  const sorted = checks.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return {
    series: SERIES,
    checks: checks.length,
    meanMs: checks.reduce((sum, each) => sum + each, 0) / checks.length,
    medianMs: at(0.5),
    p99Ms: at(0.99),
    addMicroseconds: (1000 * adding) / (SAMPLES * SERIES),
    leaking: SERIES / LEAKS_EVERY,
    found: watch.check().filter(({ kind }) => kind === 'leaking').length,
  };
}

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
