// A place in the source, and a stack of them, as Python's tracemalloc has them.
import { compareCodePoints } from './code-points.ts';

/** The text of a line of a source file; undefined where there is none. Lines count from 1. */
export type SourceReader = (filename: string, lineno: number) => string | undefined;

export class Frame {
  readonly filename: string;
  /** From 1; 0 in statistics by file. */
  readonly lineno: number;

  constructor(filename: string, lineno: number) {
    this.filename = filename;
    this.lineno = lineno;
  }

  equals(other: Frame): boolean {
    return this.compare(other) === 0;
  }

  compare(other: Frame): number {
    return compareCodePoints(this.filename, other.filename) || this.lineno - other.lineno;
  }

  toString(): string {
    return `${this.filename}:${this.lineno}`;
  }
}

/** Frames from the oldest to the most recent. Made when they are first asked for: of a million, people look at ten. */
export class Traceback implements Iterable<Frame> {
  readonly #makeFrames: () => readonly Frame[];
  readonly #readSource: SourceReader;
  #made: readonly Frame[] | undefined;

  constructor(makeFrames: () => readonly Frame[], readSource: SourceReader = () => undefined) {
    this.#makeFrames = makeFrames;
    this.#readSource = readSource;
  }

  get #frames(): readonly Frame[] {
    this.#made ??= this.#makeFrames();
    return this.#made;
  }

  get length(): number {
    return this.#frames.length;
  }

  /** Negative counts from the most recent frame. */
  at(index: number): Frame | undefined {
    return this.#frames.at(index);
  }

  slice(start?: number, end?: number): Frame[] {
    return this.#frames.slice(start, end);
  }

  includes(frame: Frame): boolean {
    return this.#frames.some((own) => own.equals(frame));
  }

  [Symbol.iterator](): Iterator<Frame> {
    return this.#frames[Symbol.iterator]();
  }

  equals(other: Traceback): boolean {
    return this.compare(other) === 0;
  }

  /** Frame by frame from the oldest; the shorter first where one starts the other. */
  compare(other: Traceback): number {
    for (const [index, frame] of this.#frames.entries()) {
      const theirs = other.at(index);
      const difference = theirs === undefined ? 1 : frame.compare(theirs);
      if (difference !== 0) return difference;
    }
    return this.length - other.length;
  }

  /**
   * Lines to print: two a frame where the source can be read, one where it cannot.
   * `limit`: so many of the most recent frames; negative: all but so many of the most recent.
   */
  format(limit?: number, mostRecentFirst = false): string[] {
    const frames = this.#limited(limit);
    if (mostRecentFirst) frames.reverse();
    return frames.flatMap((frame) => this.#formatFrame(frame));
  }

  toString(): string {
    return String(this.#frames[0] ?? '');
  }

  #limited(limit: number | undefined): Frame[] {
    if (limit === undefined) return [...this.#frames];
    return limit > 0 ? this.#frames.slice(-limit) : this.#frames.slice(0, limit);
  }

  #formatFrame({ filename, lineno }: Frame): string[] {
    const place = `  File "${filename}", line ${lineno}`;
    const source = this.#readSource(filename, lineno)?.trim();
    return source ? [place, `    ${source}`] : [place];
  }
}
