// What `plimsoll diff` costs with two profiles of 50 MB: `npm run bench profile` generates them, measures, and writes
// bench/results/profile.{json,md}. Takes about two minutes.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PROFILE_FORMATS, type ProfileFormat, writeProfile } from '../../src/profile/index.ts';
import { type Spread, spread } from '../metrics/statistics.ts';
import type { DiffCost } from './diff-process.ts';
import { generateProfile } from './generate.ts';

const RESULTS = join(import.meta.dirname, '../results');
const COMPARISON = join(import.meta.dirname, 'diff-process.ts');
const TARGET_BYTES = 50e6;
const TARGET_SECONDS = 2;
const ROUNDS = 7;
const SEEDS = [9487, 4211] as const;

interface FormatResult {
  readonly format: ProfileFormat;
  readonly bytes: number;
  readonly compressedBytes: number;
  readonly stacks: number;
  readonly wallSeconds: Spread;
  readonly cpuSeconds: Spread;
  readonly maxRssBytes: number;
}

function contentOf(format: ProfileFormat, stacks: number, seed: number): Uint8Array {
  return writeProfile(generateProfile(stacks, seed), format, { compress: false });
}

/** How many samples make a file of the size that is asked for: from a guess, corrected by what the guess gave. */
function stacksFor(format: ProfileFormat): number {
  let stacks = 20_000;
  for (let correction = 0; correction < 6; correction += 1)
    stacks = Math.round((stacks * TARGET_BYTES) / contentOf(format, stacks, SEEDS[0]).length);
  return stacks;
}

function measureFormat(format: ProfileFormat, folder: string): FormatResult {
  const stacks = stacksFor(format);
  const paths = SEEDS.map((seed) => {
    const path = join(folder, `${seed}.${format}`);
    writeFileSync(path, contentOf(format, stacks, seed));
    return path;
  });
  const costs = Array.from({ length: ROUNDS }, () => measureDiff(paths));
  const contents = paths.map((path) => readFileSync(path));
  return {
    format,
    bytes: Math.min(...contents.map(({ length }) => length)),
    compressedBytes: Math.min(...contents.map((content) => gzipSync(content).length)),
    stacks: Math.min(...costs.map((cost) => cost.stackCount)),
    wallSeconds: spread(costs.map(({ wallSeconds }) => wallSeconds)),
    cpuSeconds: spread(costs.map(({ cpuSeconds }) => cpuSeconds)),
    maxRssBytes: Math.max(...costs.map(({ maxRssBytes }) => maxRssBytes)),
  };
}

function measureDiff(paths: readonly string[]): DiffCost {
  return JSON.parse(execFileSync(process.execPath, [COMPARISON, ...paths], { encoding: 'utf8' })) as DiffCost;
}

interface Results {
  readonly machine: { readonly processors: number; readonly kernel: string; readonly node: string };
  readonly targetSeconds: number;
  readonly formats: readonly FormatResult[];
}

function measure(): Results {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  try {
    return {
      machine: { processors: cpus().length, kernel: release(), node: process.version },
      targetSeconds: TARGET_SECONDS,
      formats: PROFILE_FORMATS.map((format) => measureFormat(format, folder)),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function page({ machine, formats }: Results): string {
  const rows = formats.map(
    ({ format, bytes, compressedBytes, stacks, wallSeconds, cpuSeconds, maxRssBytes }) =>
      [
        format,
        `${(bytes / 1e6).toFixed(1)} MB (${(compressedBytes / 1e6).toFixed(1)} MB)`,
        stacks.toLocaleString('en'),
        `**${wallSeconds.median.toFixed(2)}** (${wallSeconds.min.toFixed(2)}–${wallSeconds.max.toFixed(2)})`,
        `${cpuSeconds.median.toFixed(2)} (${cpuSeconds.min.toFixed(2)}–${cpuSeconds.max.toFixed(2)})`,
        `${(maxRssBytes / 1024 ** 2).toFixed(0)} MiB`,
      ].join(' | '),
  );
  return `# Comparing two profiles

\`npm run bench profile\`, of the built package. Two generated profiles of each format, compared as \`plimsoll diff\` does, in a process of its own;
${ROUNDS} rounds: the median (least–most), the start of Node.js included. Target: ${TARGET_SECONDS} s.

| format | each file (compressed) | stacks in each | wall, s | CPU, s | RSS at most |
|---|---|---|---|---|---|
${rows.map((row) => `| ${row} |`).join('\n')}

${machine.processors} processors, Linux ${machine.kernel}, Node.js ${machine.node}.
`;
}

const results = measure();
mkdirSync(RESULTS, { recursive: true });
writeFileSync(join(RESULTS, 'profile.json'), `${JSON.stringify(results, null, 2)}\n`);
writeFileSync(join(RESULTS, 'profile.md'), page(results));
