// Runs the cases under `plimsoll run --report`, two at a time, and says what was found: which leaks, which healthy programs were
// accused, and whether a growing site names the code that allocates what stays.
//   node bench/leaks-real/run.ts [names…]     (SECONDS=75 each; CORRECT=0 leaves the correct versions out)
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunReport } from '../../src/cli/run/report.ts';
import { type Case, caseNames, installed, loadCase } from './cases.ts';
import { type Outcome, resultsPage } from './page.ts';

const SECONDS = Number(process.env.SECONDS ?? 75);
const AT_A_TIME = 2;
const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');
const RESULTS = join(import.meta.dirname, '../results');
const KEPT_REPORTS = process.env.REPORTS;

/** A growing site beyond these is not what a reader looks at. */
const SITES_LOOKED_AT = 3;

async function runCase(each: Case, correct: boolean): Promise<Outcome> {
  using folder = installed(each, correct);
  const file = join(folder.path, 'report.json');
  const code = `import { main } from ${JSON.stringify(MAIN)}; await main(process.argv.slice(1));`;
  const command = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code];
  const args = ['run', '--port', '0', '--report', file, '--', process.execPath, 'drive.mjs'];
  const child = spawn(process.execPath, [...command, ...args], {
    cwd: folder.path,
    env: { ...process.env, DURATION_S: String(SECONDS), ...(correct && { FIXED: '1' }) },
    stdio: 'ignore',
  });
  await once(child, 'exit');
  const report: RunReport = JSON.parse(readFileSync(file, 'utf8'));
  if (KEPT_REPORTS)
    writeFileSync(
      join(KEPT_REPORTS, `${each.name}${correct ? '-correct' : ''}.json`),
      JSON.stringify(report, null, 2),
    );
  return outcomeOf(each, correct, report, folder.path);
}

function outcomeOf(each: Case, correct: boolean, report: RunReport, folder: string): Outcome {
  const sites = report.growing_sites.map(({ file, ...site }) => ({
    ...site,
    file: file.replace(/^file:\/\//, '').replace(`${folder}/`, ''),
  }));
  const looked = sites.slice(0, SITES_LOOKED_AT);
  const named = looked.find((site) =>
    each.allocations.some(
      (truth) =>
        site.file.startsWith(truth.file) &&
        (truth.function === undefined || truth.function === site.function),
    ),
  );
  const show = (site: (typeof sites)[number]) =>
    `${site.function || '(anonymous)'} ${site.file}:${site.line}`;
  return {
    name: each.name,
    kind: each.kind,
    leaks: each.leaks && !correct,
    correct,
    verdict: report.verdict,
    part: report.part,
    accused: report.leak,
    growthBytesPerSecond: report.growth_bytes_per_second,
    topSites: looked.map(show),
    ...(named && { named: show(named) }),
    seconds: report.duration_seconds,
    samples: report.samples,
    exit: report.exit.reason,
  };
}

async function runAll(): Promise<readonly Outcome[]> {
  const cases = caseNames(process.argv.slice(2)).map(loadCase);
  const withCorrect = process.env.CORRECT !== '0';
  const queue = cases.flatMap((each) => [
    { each, correct: false },
    ...(withCorrect && each.hasCorrect ? [{ each, correct: true }] : []),
  ]);
  const outcomes: Outcome[] = [];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const outcome = await runCase(next.each, next.correct);
      outcomes.push(outcome);
      const { name, correct, verdict, part, leaks, accused, named, topSites } = outcome;
      const mark = leaks === accused ? 'ok ' : 'BAD';
      console.log(
        mark,
        `${name}${correct ? ' (correct)' : ''}`.padEnd(42),
        verdict,
        part ?? '',
        named ?? topSites.join(' | '),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return outcomes.toSorted((a, b) => Number(b.leaks) - Number(a.leaks) || a.name.localeCompare(b.name));
}

const outcomes = await runAll();
mkdirSync(RESULTS, { recursive: true });
// A part of the suite is for looking; the table is of all of it.
if (process.argv.length === 2) {
  writeFileSync(
    join(RESULTS, 'leaks-real.json'),
    `${JSON.stringify({ seconds: SECONDS, outcomes }, null, 2)}\n`,
  );
  writeFileSync(join(RESULTS, 'leaks-real.md'), resultsPage(outcomes, SECONDS));
}
