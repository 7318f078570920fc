// The rewritten file as it grows, and where in it the old text and the new functions stand. No line is ever added or taken
// away, so that a place moves within its line alone.
import { LINE_BREAK } from './parser.ts';

/** Plain columns, to cross to the monitor's thread; lines and columns from 0. */
export interface MovedPlaces {
  /** Triples of line, new column, old column: from there on to the next, or to the end of the line, text has moved so far. */
  readonly text: Int32Array;
  /** Triples of line, column of the new function, column of the expression it was made for. */
  readonly sites: Int32Array;
}

export interface Rewritten {
  readonly text: string;
  readonly places: MovedPlaces;
}

export class GeneratedText {
  readonly #source: string;
  readonly #chunks: string[] = [];
  readonly #text: number[] = [];
  readonly #sites: number[] = [];
  #line = 0;
  #column = 0;
  /** Where in the source the line starts that has been reached. */
  #lineStart = 0;
  /** By how much the text moves that is copied to the current line. */
  #shift = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** New text without a line break. */
  insert(text: string): void {
    this.#chunks.push(text);
    this.#column += text.length;
  }

  /** A function begins here that was made for the expression at `start`. */
  site(start: number): void {
    this.#sites.push(this.#line, this.#column, this.#columnOf(start));
    // What is copied next is told of, however far it moved: what stands before it is the function's own.
    this.#shift = Number.NaN;
  }

  copy(start: number, end: number): void {
    if (start === end) return;
    const shift = this.#column - this.#columnOf(start);
    if (shift !== this.#shift) this.#text.push(this.#line, this.#column, this.#columnOf(start));
    this.#shift = shift;
    this.#append(this.#source.slice(start, end), start);
  }

  /** The lines of a part that is left out: line feeds, since a return and a feed from two lines would become one. */
  copyLineBreaks(start: number, end: number): void {
    const { count, afterLast } = lineBreaksOf(this.#source.slice(start, end));
    if (count === 0) return;
    this.#lineStart = start + afterLast;
    this.#chunks.push('\n'.repeat(count));
    this.#beginLine(count);
  }

  text(): string {
    return this.#chunks.join('');
  }

  places(): MovedPlaces {
    return { text: Int32Array.from(this.#text), sites: Int32Array.from(this.#sites) };
  }

  #append(text: string, start: number): void {
    this.#chunks.push(text);
    const { count, afterLast } = lineBreaksOf(text);
    if (count > 0) {
      this.#lineStart = start + afterLast;
      this.#beginLine(count);
    }
    this.#column += text.length - afterLast;
  }

  #beginLine(count: number): void {
    this.#line += count;
    this.#column = 0;
    this.#shift = 0;
  }

  /** The source is copied in its order, one line after the other. */
  #columnOf(offset: number): number {
    return offset - this.#lineStart;
  }
}

interface LineBreaks {
  readonly count: number;
  /** 0 without any. */
  readonly afterLast: number;
}

function lineBreaksOf(text: string): LineBreaks {
  return OTHER_LINE_BREAK.test(text) ? anyLineBreaksOf(text) : lineFeedsOf(text);
}

const OTHER_LINE_BREAK = /[\r\u2028\u2029]/;

/** Nearly all text has no other, and a service waits for this at its start. */
function lineFeedsOf(text: string): LineBreaks {
  let count = 0;
  let afterLast = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', afterLast)) {
    count += 1;
    afterLast = at + 1;
  }
  return { count, afterLast };
}

function anyLineBreaksOf(text: string): LineBreaks {
  const breaks = [...text.matchAll(LINE_BREAK)];
  const last = breaks.at(-1);
  return { count: breaks.length, afterLast: last ? last.index + last[0].length : 0 };
}
