// How results are printed: JSON on request, otherwise aligned columns; colours only where the output shows them. Text from
// outside (names of processes, values of settings) loses its control characters, so that it cannot steer the terminal.
import type { TextOutput } from './command.ts';
import { displayWidth, padEnd, padStart } from './text-width.ts';

export function printJson(output: TextOutput, value: unknown): void {
  output.write(`${JSON.stringify(value, null, 2)}\n`);
}

const CONTROL = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** One line that only prints: control characters become `?`. */
export function printable(text: string): string {
  return text.replace(CONTROL, '?');
}

const STYLES = {
  bold: '1',
  dim: '2',
  reverse: '7',
  red: '31',
  yellow: '33',
  // Of the 256-colour palette: orange, and three tones of the mark's blue.
  orange: '38;5;208',
  water: '38;5;31',
  paleWater: '38;5;74',
  palestWater: '38;5;152',
} as const;
export type Style = keyof typeof STYLES;

export type Paint = (style: Style, text: string) => string;

/** Paints text, or leaves it as it is where there are no colours. */
export function painter(colour: boolean): Paint {
  return colour ? (style, text) => `\u001b[${STYLES[style]}m${text}\u001b[0m` : (_style, text) => text;
}

export type Alignment = 'left' | 'right';

/** Rows of cells as lines of columns, two spaces apart; every column but the last is as wide as its widest cell. */
export function alignColumns(
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[] = [],
): string {
  const widths = columnWidths(rows);
  const last = widths.length - 1;
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          if (alignments[column] === 'right') return padStart(cell, widths[column] ?? 0);
          return column === last ? cell : padEnd(cell, widths[column] ?? 0);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell));
  return widths;
}
