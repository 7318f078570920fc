// A line of the screen as styled pieces, so that it can be cut to the terminal's width before escape sequences are in it.
import type { Paint, Style } from '../output.ts';
import { displayWidth, truncate } from '../text-width.ts';

export interface Span {
  readonly text: string;
  readonly style?: Style;
}

export type Line = readonly Span[];

export function span(text: string, style?: Style): Span {
  return style === undefined ? { text } : { text, style };
}

/** The line in at most `width` columns; whole when there is no width. */
export function paintLine(line: Line, paint: Paint, width = Number.POSITIVE_INFINITY): string {
  let left = width;
  let painted = '';
  for (const { text, style } of line) {
    const shown = truncate(text, left);
    left -= displayWidth(shown);
    painted += style === undefined ? shown : paint(style, shown);
    if (left <= 0) break;
  }
  return painted;
}
