// How statistics of snapshots are asked for: tracemalloc's key, cumulative and Filter, in a URL.
import type { StatisticsQuery, TraceFilterWish } from '../monitor/monitor.ts';
import { flag } from './input.ts';
import { mapped, oneOf, optional, otherwise, type Parameter, text, type ValuesOf } from './parameter.ts';
import type { Refusal } from './problems.ts';

const MAX_PATTERNS_LENGTH = 4096;

const patterns = (description: string): Parameter<readonly string[] | undefined> =>
  optional(mapped(text(1, MAX_PATTERNS_LENGTH, description), (list) => list.split(',')));

export const statisticsQuery = {
  key: otherwise(oneOf(['lineno', 'filename', 'traceback']), 'lineno'),
  cumulative: flag('a sample counts for each frame of its stack; not with traceback'),
  include: patterns(
    'a comma list of patterns of files (`*`, `?`, `[…]`), each with `:LINE` where a line is meant: only what one of them matches',
  ),
  exclude: patterns('the same: what one of them matches is left out'),
  all_frames: flag('any frame of the stack may match, not just the most recent'),
  domain: optional(
    oneOf(
      ['heap', 'external'],
      'where the memory is that `include` and `exclude` speak of; external: buffers',
    ),
  ),
  format: flag('adds `formatted`, what Traceback.format prints, with the lines of the source'),
};

type Asked = ValuesOf<typeof statisticsQuery>;

export function toStatisticsQuery(asked: Asked): StatisticsQuery | Refusal {
  const { key, cumulative, format: formatted } = asked;
  if (cumulative && key === 'traceback')
    return { refusal: 'INVALID_PARAMETER', problems: [CUMULATIVE_TRACEBACK] };
  return { key, cumulative, formatted, filters: filtersOf(asked) };
}

const CUMULATIVE_TRACEBACK = {
  name: 'cumulative',
  value: 'true with traceback',
  allowed: 'with lineno or filename',
};

/** Where only a domain is named, all in it is meant. */
function filtersOf({ include, exclude, all_frames: allFrames, domain }: Asked): TraceFilterWish[] {
  const wanted = include ?? (domain && !exclude ? ['*'] : []);
  const filter = (inclusive: boolean) => (text: string) => {
    const [, filenamePattern = text, line] = PATTERN.exec(text) ?? [];
    const lineno = line === undefined ? undefined : Number(line);
    return { inclusive, filenamePattern, lineno, allFrames, domain };
  };
  return [...wanted.map(filter(true)), ...(exclude ?? []).map(filter(false))];
}

const PATTERN = /^(.*?)(?::(\d{1,9}))?$/s;
