// `node bench/leak/labelled.ts [folder]`: the judge and its rivals over labelled traces of another making, in the columns that `plimsoll
// judge` reads, with a `labels.csv` beside them; the ten in fixtures/leak when no folder is named. Writes bench/results/leak-labelled.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabelledTrace } from './classes.ts';
import { measureTrace, OURS } from './measure.ts';
import { detectorTable } from './page.ts';
import type { Trace } from './process.ts';
import { RIVALS } from './rivals.ts';
import { scoreOf } from './tally.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/leak');

const rowsOf = (path: string): string[][] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

export function labelledTraces(folder: string): readonly LabelledTrace[] {
  return rowsOf(join(folder, 'labels.csv')).map(([file = '', name = '', leak, onset]) => ({
    name,
    number: Number(/-(\d+)\.csv$/.exec(file)?.[1] ?? 0),
    leak: leak === '1',
    onsetSeconds: Number(onset),
    trace: readTrace(join(folder, file)),
  }));
}

function readTrace(path: string): Trace {
  const rows = rowsOf(path);
  const column = (index: number) => Float64Array.from(rows, (row) => Number(row[index]));
  return {
    t: column(0),
    heapUsedAfterGc: column(1),
    heapUsed: column(2),
    rss: column(3),
    limit: Number(rows[0]?.[4]),
    requestsPerSecond: column(5),
  };
}

function pageOf(traces: readonly LabelledTrace[]): string {
  const outcomes = traces.map(measureTrace);
  const names = [OURS, ...RIVALS.map(({ name }) => name)];
  const scores = Object.fromEntries(names.map((name) => [name, scoreOf(outcomes, name)]));
  const wrong = outcomes.filter(
    ({ leak, outcomes: { [OURS]: ours } }) => (ours?.keptSinceSeconds !== undefined) !== leak,
  );
  return `# Leak verdicts on traces of another making

<!-- Made by bench/leak/labelled.ts. -->

${traces.length} labelled traces of ${new Set(traces.map(({ name }) => name)).size} classes, for development; judged online, by what is said at the end.

${detectorTable(scores)}

Judged wrongly at the end: ${wrong.length === 0 ? 'none' : wrong.map(({ name }) => name).join(', ')}.
`;
}

if (import.meta.main) {
  const page = pageOf(labelledTraces(process.argv[2] ?? FIXTURES));
  writeFileSync(join(import.meta.dirname, '..', 'results', 'leak-labelled.md'), page);
  console.log(page);
}
