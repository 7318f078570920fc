// Series out of a CSV file that an operator named, line by line: a file of any length is judged in bounded memory, and what is wrong
// with it is told by its line.
import { createReadStream } from 'node:fs';
import type { SeriesSample } from '../../leak/index.ts';
import { CodedError } from '../../model/index.ts';

type Column = keyof SeriesSample;

/** Columns that are judged; others are passed over. */
const COLUMNS: Readonly<Record<string, Column>> = {
  t: 'atSeconds',
  heap_used_after_gc: 'heapFloorBytes',
  heap_used: 'heapUsedBytes',
  heap_total: 'heapTotalBytes',
  rss: 'rssBytes',
  external: 'externalBytes',
  limit: 'limitBytes',
  requests_per_second: 'requestsPerSecond',
};
const MEMORY_COLUMNS: readonly Column[] = ['heapFloorBytes', 'heapUsedBytes', 'rssBytes', 'externalBytes'];
const COLUMN_NAMES = Object.keys(COLUMNS).join(', ');

/** Far beyond any line of numbers; a longer one is no series but some other file. */
const LONGEST_LINE = 65_536;

/** Throws SERIES_UNREADABLE, or SERIES_MALFORMED with the number of the line. */
export async function* readSeriesFile(path: string): AsyncGenerator<SeriesSample> {
  let columns: readonly (Column | undefined)[] | undefined;
  let previous: SeriesSample | undefined;
  let number = 0;
  for await (const line of linesOf(path)) {
    number += 1;
    const text = line.trim();
    if (text === '') continue;
    const at = { path, number };
    if (columns === undefined) columns = headerOf(text, at);
    else {
      const sample = sampleOf(text, columns, at);
      refuseOldTime(sample, previous, at);
      previous = sample;
      yield sample;
    }
  }
  if (previous === undefined) throw malformed({ path, number: Math.max(1, number) }, 'there are no samples');
}

interface Place {
  readonly path: string;
  readonly number: number;
}

async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  let number = 0;
  for await (const chunk of chunksOf(path)) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    number += lines.length;
    if (rest.length > LONGEST_LINE)
      throw malformed({ path, number: number + 1 }, 'the line is too long for a series');
    yield* lines;
  }
  yield rest;
}

async function* chunksOf(path: string): AsyncGenerator<string> {
  try {
    for await (const chunk of createReadStream(path, 'utf8')) yield String(chunk);
  } catch (error) {
    throw new CodedError(
      'SERIES_UNREADABLE',
      `${path} cannot be read: ${(error as Error).message}`,
      'give a file that exists and that this user may read',
      { cause: error },
    );
  }
}

function headerOf(text: string, at: Place): readonly (Column | undefined)[] {
  const names = text
    .replace(/^\uFEFF/, '')
    .split(',')
    .map(unquoted);
  const columns = names.map((name) => (Object.hasOwn(COLUMNS, name) ? COLUMNS[name] : undefined));
  const known = columns.filter((column) => column !== undefined);
  if (new Set(known).size < known.length) throw malformed(at, 'a column is there twice');
  if (!known.includes('atSeconds')) throw malformed(at, 'the header has no column t (seconds)');
  if (!known.some((column) => MEMORY_COLUMNS.includes(column)))
    throw malformed(
      at,
      'the header has no column of memory (heap_used_after_gc, heap_used, rss or external)',
    );
  return columns;
}

function sampleOf(text: string, columns: readonly (Column | undefined)[], at: Place): SeriesSample {
  const cells = text.split(',');
  if (cells.length !== columns.length)
    throw malformed(at, `there are ${cells.length} cells where the header has ${columns.length}`);
  const sample: { -readonly [C in Column]?: number } = {};
  for (const [index, column] of columns.entries()) {
    const cell = unquoted(cells[index] ?? '');
    // An empty cell is a figure that is not known.
    if (column === undefined || cell === '') continue;
    const value = Number(cell);
    if (!Number.isFinite(value)) throw malformed(at, `${JSON.stringify(cell)} is not a number`);
    if (value < 0 && column !== 'atSeconds') throw malformed(at, `${cell} is below zero`);
    sample[column] = value;
  }
  const { atSeconds } = sample;
  if (atSeconds === undefined) throw malformed(at, 't is empty');
  return { ...sample, atSeconds };
}

const unquoted = (cell: string) => cell.trim().replace(/^"(.*)"$/, '$1');

function refuseOldTime(sample: SeriesSample, previous: SeriesSample | undefined, at: Place): void {
  if (previous !== undefined && sample.atSeconds <= previous.atSeconds)
    throw malformed(at, `t does not rise: ${sample.atSeconds} after ${previous.atSeconds}`);
}

function malformed({ path, number }: Place, problem: string): CodedError {
  return new CodedError(
    'SERIES_MALFORMED',
    `${path}:${number}: ${problem}`,
    `give a CSV file with a header of ${COLUMN_NAMES}, times rising`,
  );
}
