// What holding the object of a tick is worth: the time of process.nextTick in a process that has been idle. `npm run bench ticks`
// takes half a minute.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { type Spread, spread } from '../metrics/statistics.ts';

const PROCESSES = 15;

interface Took {
  readonly before: number;
  readonly after: number;
}

const VARIANTS = {
  'nothing is held': 'free',
  'nothing is held, again (A/A)': 'free',
  "a tick's object is held": 'held',
} as const;

function measure(how: string): Took {
  const flags = ['--expose-gc', join(import.meta.dirname, 'program.mjs'), how];
  return JSON.parse(execFileSync(process.execPath, flags, { encoding: 'utf8' })) as Took;
}

function measureAll(): Readonly<Record<string, readonly Took[]>> {
  const taken: Record<string, Took[]> = {};
  for (let left = PROCESSES; left > 0; left -= 1)
    for (const [name, how] of Object.entries(VARIANTS)) {
      taken[name] ??= [];
      taken[name].push(measure(how));
    }
  return taken;
}

const text = ({ median, min, max }: Spread): string =>
  `${median.toFixed(0)} (${min.toFixed(0)} to ${max.toFixed(0)})`;

function page(taken: Readonly<Record<string, readonly Took[]>>): string {
  const rows = Object.entries(taken).map(
    ([name, took]) =>
      `| ${name} | ${text(spread(took.map(({ before }) => before)))} | ${text(spread(took.map(({ after }) => after)))} |`,
  );
  return `# What process.nextTick takes

\`npm run bench ticks\`, on Node.js ${process.versions.node} (${cpus()[0]?.model ?? 'unknown'}): nanoseconds a tick, median of ${PROCESSES} processes of each variant in turn
(least to most), before and after six collections of a process that is idle. [Why](../../docs/decisions/0011-the-object-of-a-tick.md).

| | before | after |
|---|---|---|
${rows.join('\n')}
`;
}

const taken = measureAll();
const out = join(import.meta.dirname, '../results/ticks');
writeFileSync(`${out}.json`, `${JSON.stringify({ node: process.version, taken }, undefined, 2)}\n`);
writeFileSync(`${out}.md`, page(taken));
console.log(page(taken));
