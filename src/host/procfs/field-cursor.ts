// A walk over the blank-separated fields of a line, as bytes: the process table reads thousands of them a scan, and making
// a string of each would cost more than the kernel takes to print them.
import { ParseError } from '../../model/index.ts';

const [BLANK, NEWLINE, ZERO] = [0x20, 0x0a, 0x30];
/** A number of up to 15 digits is exact as a double; the kernel prints none longer in the fields that are read. */
const MOST_DIGITS = 15;

export class FieldCursor {
  readonly #file: string;
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #at: number;

  /** Walks `bytes` from `start` up to `end`. `file` names them in errors. */
  constructor(file: string, bytes: Uint8Array, start: number, end: number) {
    this.#file = file;
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  /**
   * The field here as a number; moves to the next one.
   * @throws {ParseError} for anything but digits, or digits that end with the text: the rest of them may be missing.
   */
  unsigned(): number {
    // Locals in both loops: fields of this would be loaded and stored again for every byte.
    const bytes = this.#bytes;
    const start = this.#at;
    let at = start;
    let value = 0;
    for (let digit = digitAt(bytes, at); digit >= 0 && digit <= 9; digit = digitAt(bytes, at)) {
      value = value * 10 + digit;
      at += 1;
    }
    const digits = at - start;
    if (digits === 0 || digits > MOST_DIGITS || at >= this.#end || !isSeparator(bytes[at])) {
      throw new ParseError(this.#file, `no number at byte ${start}`);
    }
    this.#at = at + 1;
    return value;
  }

  /** Leaves `count` fields out, whatever they hold. */
  skip(count: number): void {
    const bytes = this.#bytes;
    const end = this.#end;
    let at = this.#at;
    for (let left = count; left > 0 && at < end; at += 1) {
      if (bytes[at] === BLANK) left -= 1;
    }
    this.#at = at;
  }
}

/** Negative or above 9 for what is no digit; bytes past the end are none. */
function digitAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) - ZERO;
}

function isSeparator(byte: number | undefined): boolean {
  return byte === BLANK || byte === NEWLINE;
}
