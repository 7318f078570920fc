// The page that `plimsoll top` shows: the host, then the table of processes, then the keys.
import { printable } from '../output.ts';
import { type HostView, hostLines } from './host-lines.ts';
import { type Line, span } from './line.ts';
import { headerLine, rowLine } from './process-table.ts';
import { arrange, type ProcessRow, type View } from './view.ts';

export interface Page extends HostView {
  readonly rows: readonly ProcessRow[];
  readonly view: View;
}

/** Everything, as many lines as there are; `columns` is how wide the load line is drawn. */
export function pageLines(page: Page, columns: number): readonly Line[] {
  return [
    ...hostLines(page, page.rows.length, columns),
    [],
    headerLine(page.view),
    ...arrange(page.rows, page.view).map(rowLine),
  ];
}

/** The page of a terminal of `rows` lines, its last line for keys or the filter. */
export function screenLines(page: Page, columns: number, rows: number): readonly Line[] {
  const lines = pageLines(page, columns).slice(0, Math.max(0, rows - 1));
  const filling = Array.from({ length: Math.max(0, rows - 1 - lines.length) }, (): Line => []);
  return [...lines, ...filling, footLine(page.view)];
}

function footLine({ typing, filter }: View): Line {
  if (typing) return [span('/'), span(printable(filter)), span(' ', 'reverse')];
  const active = filter === '' ? '' : `   filter: ${printable(filter)} (Esc clears)`;
  return [span(`sort: r RSS  g growth  c CPU  n name  p pid  R reverse   / filter   q quit${active}`, 'dim')];
}
