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
  /** Where the lines of the source start. */
  readonly #lineStarts: readonly number[];
  readonly #chunks: string[] = [];
  readonly #text: number[] = [];
  readonly #sites: number[] = [];
  #line = 0;
  #column = 0;
  /** By how much the text moves that is copied to the current line. */
  #shift = 0;

  constructor(source: string) {
    this.#source = source;
    this.#lineStarts = [
      0,
      ...Array.from(source.matchAll(LINE_BREAK), (match) => match.index + match[0].length),
    ];
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
    this.#append(this.#source.slice(start, end));
  }

  /** The lines of a part that is left out: line feeds, since a return and a feed from two lines would become one. */
  copyLineBreaks(start: number, end: number): void {
    this.#append('\n'.repeat(this.#source.slice(start, end).match(LINE_BREAK)?.length ?? 0));
  }

  text(): string {
    return this.#chunks.join('');
  }

  places(): MovedPlaces {
    return { text: Int32Array.from(this.#text), sites: Int32Array.from(this.#sites) };
  }

  #append(text: string): void {
    this.#chunks.push(text);
    let lineStart = 0;
    for (const match of text.matchAll(LINE_BREAK)) {
      lineStart = match.index + match[0].length;
      this.#line += 1;
      this.#column = 0;
      this.#shift = 0;
    }
    this.#column += text.length - lineStart;
  }

  #columnOf(offset: number): number {
    // The source is copied in its order, one line after the other.
    return offset - (this.#lineStarts[this.#line] ?? 0);
  }
}
