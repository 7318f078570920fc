// Gives each distinct frame a number. A frame is five integers, interned as a chain of pairs:
// ((function name, file), (line, column)), script.
import type { FrameTable } from '../../model/index.ts';
import { PairInterner } from './pair-interner.ts';

export class FrameInterner {
  readonly #functions = new PairInterner();
  readonly #positions = new PairInterner();
  readonly #places = new PairInterner();
  readonly #frames = new PairInterner();

  get size(): number {
    return this.#frames.size;
  }

  /** Function name and file are indices into tables of the caller's. */
  intern(functionName: number, file: number, line: number, column: number, scriptId: number): number {
    const place = this.#places.intern(
      this.#functions.intern(functionName, file),
      this.#positions.intern(line, column),
    );
    return this.#frames.intern(place, scriptId);
  }

  /** The five integers of a frame. */
  frame(index: number) {
    const place = this.#frames.first(index);
    const functionIndex = this.#places.first(place);
    const positionIndex = this.#places.second(place);
    return {
      functionName: this.#functions.first(functionIndex),
      file: this.#functions.second(functionIndex),
      line: this.#positions.first(positionIndex),
      column: this.#positions.second(positionIndex),
      scriptId: this.#frames.second(index),
    };
  }

  /** A frame's file alone. */
  file(index: number): number {
    return this.#functions.second(this.#places.first(this.#frames.first(index)));
  }

  table(): FrameTable {
    const functionOf = this.#column((place) => this.#places.first(place));
    const positionOf = this.#column((place) => this.#places.second(place));
    return {
      functionName: functionOf.map((index) => this.#functions.first(index)),
      file: functionOf.map((index) => this.#functions.second(index)),
      line: positionOf.map((index) => this.#positions.first(index)),
      column: positionOf.map((index) => this.#positions.second(index)),
      scriptId: this.#frames.seconds(),
    };
  }

  #column(ofPlace: (place: number) => number): Int32Array {
    return this.#frames.firsts().map(ofPlace);
  }
}
