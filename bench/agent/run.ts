// What the agent takes from the machine it watches: `node bench/agent/run.ts` measures and writes bench/results/agent.{json,md}.
// Takes about ten minutes.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { MIB } from '../../src/units/index.ts';
import { compile, withProcesses } from '../scan/population.ts';
import { type AtWork, measureAtWork } from './at-work.ts';
import { type HeapAfter, measureSimulated } from './simulated.ts';

const RESULTS = join(import.meta.dirname, '../results');
const FURTHER_PROCESSES = 150;
const OBSERVE_SECONDS = 180;
const SAMPLES = 100_000;
const EVERY = 10_000;

interface Results {
  readonly machine: { readonly processors: number; readonly kernel: string; readonly node: string };
  readonly atWork: AtWork;
  readonly simulated: readonly HeapAfter[];
}

async function measure(): Promise<Results> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  try {
    const population = compile('population', folder);
    return {
      machine: { processors: cpus().length, kernel: release(), node: process.version },
      atWork: await withProcesses(population, FURTHER_PROCESSES, () => measureAtWork(OBSERVE_SECONDS)),
      simulated: await measureSimulated(SAMPLES, EVERY),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const mebibytes = (bytes: number): string => (bytes / MIB).toFixed(1);

function page({ machine, atWork, simulated }: Results): string {
  return `# The agent

${machine.processors} processors, Linux ${machine.kernel}, Node.js ${machine.node}. Made by \`npm run bench agent\`.

At its default settings, with a store, watching ${atWork.processes} processes, after ${atWork.observedSeconds} s:

| | |
|---|---|
| RSS | ${mebibytes(atWork.rssBytes)} MiB |
| CPU | ${(atWork.cpuShare * 100).toFixed(2)} % of one processor |

Heap used after a full collection, in simulated time (200 processes, a real store):

| samples | heap, MiB |
|---|---|
${simulated.map(({ samples, heapUsedBytes }) => `| ${samples.toLocaleString('en')} | ${mebibytes(heapUsedBytes)} |`).join('\n')}
`;
}

const results = await measure();
mkdirSync(RESULTS, { recursive: true });
writeFileSync(join(RESULTS, 'agent.json'), `${JSON.stringify(results, undefined, 2)}\n`);
writeFileSync(join(RESULTS, 'agent.md'), page(results));
console.log(page(results));
