// Lets programs die of their memory, in four ways and on every Node.js there is, and counts what is left of them.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { otherNodes } from '../../scripts/other-nodes.ts';
import { DEATHS, type Death } from '../../test/last-gasp/dying-program.ts';
import { kill, LEAKS, type Leak } from './killed.ts';
import { type KilledRow, type Row, resultsPage } from './page.ts';
import { die, installedProgram, type Outcome } from './remains.ts';

const RUNS = 20;
/** Not yet a long-term release: enough to see that it works there. */
const RUNS_ON_NEWEST = 5;
const NEWEST = '26.';
const FLAGS = ['--max-old-space-size=128'];
const RESULTS = new URL('../results/', import.meta.url);

async function deathsOf(node: string, death: Death, runs: number): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let run = 0; run < runs; run += 1) {
    const program = installedProgram(DEATHS[death], { node, flags: FLAGS });
    try {
      outcomes.push(await die(program));
    } finally {
      program.remove();
    }
  }
  return outcomes;
}

const versionOf = (node: string): string =>
  spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim().slice(1);

const rows: Row[] = [];
for (const node of [process.execPath, ...otherNodes()]) {
  const version = versionOf(node);
  const runs = version.startsWith(NEWEST) ? RUNS_ON_NEWEST : RUNS;
  for (const death of Object.keys(DEATHS) as Death[]) {
    const row = { node: version, program: death, outcomes: await deathsOf(node, death, runs) };
    rows.push(row);
    const missed = row.outcomes.filter(({ named }) => !named);
    console.log(row.node, death, `${runs - missed.length} of ${runs}`, JSON.stringify(missed));
  }
}
const killed: KilledRow[] = [];
for (const leak of Object.keys(LEAKS) as Leak[]) {
  const outcomes = [];
  for (let run = 0; run < RUNS; run += 1) outcomes.push(await kill(leak, process.execPath));
  killed.push({ node: versionOf(process.execPath), leak, outcomes });
  console.log('killed', leak, JSON.stringify(outcomes.filter(({ named }) => !named)));
}
writeFileSync(new URL('last-gasp.json', RESULTS), `${JSON.stringify({ rows, killed }, null, 2)}\n`);
writeFileSync(new URL('last-gasp.md', RESULTS), resultsPage(rows, killed));
