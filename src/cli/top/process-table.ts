// The table of processes, a line each: how large it is, how fast it grows and whether that is going up or down.
import type { TrendDirection } from '../../model/index.ts';
import { formatBytes, formatGrowthPerHour } from '../../units/index.ts';
import { printable } from '../output.ts';
import { padEnd, padStart, truncate } from '../text-width.ts';
import { type Line, span } from './line.ts';
import type { ProcessRow, SortKey, View } from './view.ts';

interface Column {
  readonly title: string;
  readonly width: number;
  readonly side: 'left' | 'right';
  readonly sort?: SortKey;
  readonly text: (row: ProcessRow) => string;
}

const ARROWS: Readonly<Record<TrendDirection, string>> = {
  increasing: '↗',
  decreasing: '↘',
  stable: '→',
  insufficient_data: ' ',
};

const COLUMNS: readonly Column[] = [
  { title: 'PID', width: 7, side: 'right', sort: 'pid', text: ({ pid }) => String(pid) },
  { title: 'NAME', width: 20, side: 'left', sort: 'name', text: ({ name }) => printable(name) },
  { title: 'RSS', width: 9, side: 'right', sort: 'rss', text: ({ rssBytes }) => formatBytes(rssBytes) },
  { title: 'GROWTH', width: 13, side: 'right', sort: 'growth', text: growthText },
  { title: ' ', width: 1, side: 'left', text: ({ direction }) => ARROWS[direction] },
  {
    title: 'CPU %',
    width: 6,
    side: 'right',
    sort: 'cpu',
    text: ({ cpuPercent }) => cpuPercent?.toFixed(1) ?? '–',
  },
  { title: 'COMMAND', width: 0, side: 'left', text: ({ command }) => printable(command) },
];

function growthText({ growthBytesPerSecond }: ProcessRow): string {
  return growthBytesPerSecond === undefined ? '–' : formatGrowthPerHour(growthBytesPerSecond);
}

/** The titles, the sorted one marked. */
export function headerLine(view: View): Line {
  return COLUMNS.flatMap((column) => {
    const sorted = column.sort === view.sort;
    const title = sorted ? `${column.title}${view.reversed ? '▲' : '▼'}` : column.title;
    return [span(fitted(title, column), sorted ? 'bold' : 'dim'), span('  ')];
  });
}

export function rowLine(row: ProcessRow): Line {
  const growing = row.direction === 'increasing';
  return COLUMNS.flatMap((column) => {
    const text = fitted(column.text(row), column);
    return [span(text, growing && column.sort === 'growth' ? 'bold' : undefined), span('  ')];
  });
}

/** In the column's width; the last column, of width 0, as it is. */
function fitted(text: string, { width, side }: Column): string {
  if (width === 0) return text;
  const cut = truncate(text, width);
  return side === 'left' ? padEnd(cut, width) : padStart(cut, width);
}
