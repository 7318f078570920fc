// What attributing buffers costs: `node bench/buffers/run.ts` measures operations with and without the ledger's hooks, each in a
// process of its own, alternating, and writes bench/results/buffers.{json,md}. Takes about two minutes.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

const RESULTS = join(import.meta.dirname, '../results');
const ROUNDS = 9;
const VARIANTS = ['without', 'without, again', 'hooked'] as const;

interface Figure {
  readonly name: string;
  /** Of CPU an operation, by round, for each variant. */
  readonly nanoseconds: Record<(typeof VARIANTS)[number], number[]>;
}

function measure(): Figure[] {
  const figures = new Map<string, Figure>();
  for (let round = 0; round < ROUNDS; round += 1)
    for (const variant of VARIANTS)
      for (const { name, nanoseconds } of runOnce(variant)) {
        const figure = figures.get(name) ?? {
          name,
          nanoseconds: { without: [], 'without, again': [], hooked: [] },
        };
        figure.nanoseconds[variant].push(nanoseconds);
        figures.set(name, figure);
      }
  return [...figures.values()];
}

function runOnce(variant: string): { name: string; nanoseconds: number }[] {
  const program = join(import.meta.dirname, 'operations.ts');
  const output = execFileSync(process.execPath, [program, variant], { encoding: 'utf8' });
  return (JSON.parse(output) as { results: { name: string; nanoseconds: number }[] }).results;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Against the first variant in the same round. */
function ratio({ nanoseconds }: Figure, variant: (typeof VARIANTS)[number]): number {
  return median(nanoseconds[variant].map((value, round) => value / (nanoseconds.without[round] ?? value)));
}

const shown = (nanoseconds: number): string =>
  nanoseconds < 10_000 ? nanoseconds.toFixed(0) : Number(nanoseconds.toPrecision(3)).toLocaleString('en');

function page(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const [without, hooked] = [median(figure.nanoseconds.without), median(figure.nanoseconds.hooked)];
    const cells = [shown(without), shown(hooked), ratio(figure, 'hooked').toFixed(2)];
    return `| ${figure.name} | ${cells.join(' | ')} | ${ratio(figure, 'without, again').toFixed(2)} |`;
  });
  return `# What attributing buffers costs

\`npm run bench buffers\`, on Node.js ${process.version.slice(1)}, ${cpus().length} processors (${cpus()[0]?.model ?? 'unknown'}); the machine was not idle.
CPU of the whole process an operation, in nanoseconds, each operation as fast as it goes: medians of ${ROUNDS} processes a variant,
alternating. A ratio is against the process without hooks in the same round, the median of them. What the A/A column differs from 1 by
is what this run could not tell from nothing.

| operation | without, ns | with, ns | ratio | A/A |
|---|---:|---:|---:|---:|
${rows.join('\n')}

Buffers made as fast as they can be are the worst case. Of every 64 KiB one is recorded, for some 40 µs, nearly all of it the stack, until
4,096 are and the ledger coarsens its sampling to 256 a second. What is not recorded costs what \`new Uint8Array(16)\` shows.
`;
}

const figures = measure();
writeFileSync(join(RESULTS, 'buffers.json'), `${JSON.stringify(figures, null, 2)}\n`);
writeFileSync(join(RESULTS, 'buffers.md'), page(figures));
console.log(page(figures));
