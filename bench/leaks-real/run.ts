// Runs the cases under `plimsoll run --report`, two at a time, and says what was found: which leaks, which healthy programs were
// accused, and whether a growing site names the code that allocates what stays.
//   node bench/leaks-real/run.ts [names…]
// SECONDS (60) each; ONLY=as-is or ONLY=correct leaves the others out; REPORTS=folder keeps the reports and series. What was run
// replaces its rows in the results.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunReport } from '../../src/cli/run/report.ts';
import { type Case, caseNames, installed, loadCase } from './cases.ts';
import { type Outcome, resultsPage } from './page.ts';

const SECONDS = Number(process.env.SECONDS ?? 60);
const AT_A_TIME = 2;
const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');
const RESULTS = join(import.meta.dirname, '../results');
/** Where the monitor's own code stands, should it grow. */
const ROOT = join(import.meta.dirname, '../../');
const KEPT_REPORTS = process.env.REPORTS;

/** A growing site beyond these is not what a reader looks at. */
const SITES_LOOKED_AT = 3;

async function runCase(each: Case, correct: boolean): Promise<Outcome> {
  using folder = installed(each, correct);
  const file = join(folder.path, 'report.json');
  const code = `import { main } from ${JSON.stringify(MAIN)}; await main(process.argv.slice(1));`;
  const command = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code];
  const series = KEPT_REPORTS ? ['--series', join(KEPT_REPORTS, `${runName(each, correct)}.csv`)] : [];
  const args = ['run', '--port', '0', '--report', file, ...series, '--', process.execPath, 'drive.mjs'];
  const child = spawn(process.execPath, [...command, ...args], {
    cwd: folder.path,
    env: { ...process.env, DURATION_S: String(SECONDS), ...(correct && { FIXED: '1' }) },
    stdio: 'ignore',
  });
  await once(child, 'exit');
  const report: RunReport = JSON.parse(readFileSync(file, 'utf8'));
  if (KEPT_REPORTS)
    writeFileSync(join(KEPT_REPORTS, `${runName(each, correct)}.json`), JSON.stringify(report, null, 2));
  return outcomeOf(each, correct, report, folder.path);
}

type CodePlace = Pick<RunReport['growing_sites'][number], 'function' | 'file' | 'line'>;

const runName = ({ name }: Case, correct: boolean) => (correct ? `${name}-correct` : name);

function outcomeOf(each: Case, correct: boolean, report: RunReport, folder: string): Outcome {
  const inFolder = (place: CodePlace): CodePlace => ({
    ...place,
    file: place.file
      .replace(/^file:\/\//, '')
      .replace(`${folder}/`, '')
      .replace(ROOT, ''),
  });
  const looked = report.growing_sites
    .slice(0, SITES_LOOKED_AT)
    .map(({ via, ...site }) => ({ place: inFolder(site), ...(via && { via: inFolder(via) }) }));
  const isTruth = (place: CodePlace | undefined) =>
    each.allocations.some(
      ({ file, function: name }) =>
        place?.file.startsWith(file) && (name === undefined || name === place.function),
    );
  const named = looked.find(({ place, via }) => isTruth(place) || isTruth(via));
  const showPlace = (place: CodePlace) => `${place.function || '(anonymous)'} ${place.file}:${place.line}`;
  const show = ({ place, via }: (typeof looked)[number]) =>
    via ? `${showPlace(place)}, called from ${showPlace(via)}` : showPlace(place);
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

/** Runs what was asked for, and saves each outcome as it comes: all of them take half an hour. */
async function runAll(): Promise<void> {
  const cases = caseNames(process.argv.slice(2)).map(loadCase);
  const queue = [
    ...(process.env.ONLY === 'correct' ? [] : cases.map((each) => ({ each, correct: false }))),
    ...(process.env.ONLY === 'as-is' ? [] : cases.filter(({ hasCorrect }) => hasCorrect)).map((each) => ({
      each,
      correct: true,
    })),
  ];
  const outcomes: Outcome[] = [];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const outcome = await runCase(next.each, next.correct);
      outcomes.push(outcome);
      save(outcomes);
      console.log(lineOf(outcome));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
}

function lineOf({ name, correct, verdict, part, leaks, accused, named, topSites }: Outcome): string {
  const mark = leaks === accused ? 'ok ' : 'BAD';
  const which = `${name}${correct ? ' (correct)' : ''}`.padEnd(42);
  return [mark, which, verdict, part ?? '', named ?? topSites.join(' | ')].join(' ');
}

const RESULTS_FILE = join(RESULTS, 'leaks-real.json');

function earlierOutcomes(): readonly Outcome[] {
  return existsSync(RESULTS_FILE) ? JSON.parse(readFileSync(RESULTS_FILE, 'utf8')).outcomes : [];
}

const EARLIER = earlierOutcomes();

function save(fresh: readonly Outcome[]): void {
  const isFresh = ({ name, correct }: Outcome) =>
    fresh.some((other) => other.name === name && other.correct === correct);
  const outcomes = [...EARLIER.filter((outcome) => !isFresh(outcome)), ...fresh].sort(
    (a, b) => Number(b.leaks) - Number(a.leaks) || a.name.localeCompare(b.name),
  );
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(RESULTS_FILE, `${JSON.stringify({ outcomes }, null, 2)}\n`);
  writeFileSync(join(RESULTS, 'leaks-real.md'), resultsPage(outcomes));
}

await runAll();
