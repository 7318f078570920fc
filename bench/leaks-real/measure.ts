// Proves the cases: growth per iteration after forced collections, of the leaky and of the correct version, written into each
// case.json. A case whose leaky version does not grow, or whose correct one does, is no case.
//   node bench/leaks-real/measure.ts [names…]
import { spawnSync } from 'node:child_process';
import { mean } from '../metrics/statistics.ts';
import { type Case, caseNames, installed, loadCase, saveMeasurement } from './cases.ts';

interface Checkpoint {
  readonly iterations: number;
  readonly heapUsed: number;
  readonly external: number;
  readonly rss: number;
}

/** Bytes an iteration by least squares over the checkpoints. */
function slopeOf(checkpoints: readonly Checkpoint[], figure: 'heapUsed' | 'external' | 'rss'): number {
  const middle = mean(checkpoints.map(({ iterations }) => iterations));
  const level = mean(checkpoints.map((each) => each[figure]));
  const products = checkpoints.map((each) => (each.iterations - middle) * (each[figure] - level));
  const squares = checkpoints.map(({ iterations }) => (iterations - middle) ** 2);
  return Math.round(mean(products) / mean(squares));
}

function measure(each: Case, correct: boolean) {
  using folder = installed(each, correct);
  const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', 'drive.mjs'], {
    cwd: folder.path,
    env: { ...process.env, MEASURE: '1', ...(correct && { FIXED: '1' }) },
    encoding: 'utf8',
    timeout: 300_000,
  });
  const checkpoints = [...stdout.matchAll(/^MEASURED (.*)$/gm)].map((match) => JSON.parse(match[1] ?? ''));
  if (checkpoints.length < 3) throw new Error(`${each.name}: ${stderr}`);
  const slope = (figure: 'heapUsed' | 'external' | 'rss') => slopeOf(checkpoints, figure);
  return { heap: slope('heapUsed'), external: slope('external'), rss: slope('rss') };
}

for (const name of caseNames(process.argv.slice(2))) {
  const each = loadCase(name);
  try {
    const asIs = measure(each, false);
    const correct = each.hasCorrect ? measure(each, true) : undefined;
    saveMeasurement(name, { as_is: asIs, ...(correct && { correct }) });
    console.log(name.padEnd(32), JSON.stringify(asIs), JSON.stringify(correct ?? null));
  } catch (error) {
    console.log(name.padEnd(32), String(error).slice(0, 400));
  }
}
