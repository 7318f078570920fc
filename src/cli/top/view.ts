// How the table is looked at, and what each key changes of it.
import type { ProcessSample, TrendDirection } from '../../model/index.ts';

/** A process with what its history tells; growth is absent until there is a history. */
export interface ProcessRow extends ProcessSample {
  readonly growthBytesPerSecond?: number;
  readonly direction: TrendDirection;
}

export type SortKey = 'rss' | 'cpu' | 'growth' | 'name' | 'pid';

export interface View {
  readonly sort: SortKey;
  /** Largest first, and names and pids in rising order, unless reversed. */
  readonly reversed: boolean;
  readonly filter: string;
  /** Keys go to the filter. */
  readonly typing: boolean;
}

export const FIRST_VIEW: View = { sort: 'rss', reversed: false, filter: '', typing: false };

const SORT_KEYS: Readonly<Record<string, SortKey>> = {
  r: 'rss',
  c: 'cpu',
  g: 'growth',
  n: 'name',
  p: 'pid',
};

const CTRL_C = '\u0003';
const ESCAPE = '\u001b';
const ENTER = '\r';
const CONTROL = /\p{Cc}/u;
const BACKSPACE = /^[\u007f\b]$/;
/** A filter longer than any command line that is shown helps nobody. */
const LONGEST_FILTER = 200;

/** What one read of the keyboard gives: an escape sequence of a special key, which nothing here uses, or typed characters. */
export function pressAll(view: View, keys: string): View | 'quit' {
  if (keys.length > 1 && keys.startsWith(ESCAPE)) return view;
  let next: View | 'quit' = view;
  for (const key of keys) {
    if (next === 'quit') break;
    next = press(next, key);
  }
  return next;
}

function press(view: View, key: string): View | 'quit' {
  if (key === CTRL_C) return 'quit';
  return view.typing ? pressInFilter(view, key) : pressInTable(view, key);
}

function pressInTable(view: View, key: string): View | 'quit' {
  const sort = SORT_KEYS[key];
  if (sort) return { ...view, sort };
  switch (key) {
    case 'q':
      return 'quit';
    case 'R':
      return { ...view, reversed: !view.reversed };
    case '/':
      return { ...view, typing: true };
    case ESCAPE:
      return { ...view, filter: '' };
    default:
      return view;
  }
}

function pressInFilter(view: View, key: string): View {
  if (key === ENTER || key === '\n') return { ...view, typing: false };
  if (key === ESCAPE) return { ...view, filter: '', typing: false };
  if (BACKSPACE.test(key)) return { ...view, filter: view.filter.slice(0, -1) };
  if (CONTROL.test(key) || view.filter.length >= LONGEST_FILTER) return view;
  return { ...view, filter: view.filter + key };
}

/** The rows that pass the filter (in name, command or pid, whatever the case), in the view's order. */
export function arrange(rows: readonly ProcessRow[], view: View): readonly ProcessRow[] {
  const wanted = view.filter.toLowerCase();
  const passing = rows.filter(({ name, command, pid }) =>
    `${name}\n${command}\n${pid}`.toLowerCase().includes(wanted),
  );
  const direction = view.reversed ? -1 : 1;
  return passing.sort((a, b) => direction * compare(a, b, view.sort) || a.pid - b.pid);
}

function compare(a: ProcessRow, b: ProcessRow, key: SortKey): number {
  switch (key) {
    case 'rss':
      return b.rssBytes - a.rssBytes;
    case 'cpu':
      return (b.cpuPercent ?? 0) - (a.cpuPercent ?? 0);
    case 'growth':
      return (b.growthBytesPerSecond ?? 0) - (a.growthBytesPerSecond ?? 0);
    case 'name':
      return a.name < b.name ? -1 : Number(a.name > b.name);
    case 'pid':
      return a.pid - b.pid;
  }
}
