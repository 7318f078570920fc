// From the ids of a file to numbers of ours. Writers count ids up from 1, so most find their place in a column; a file may
// still use any number.
import { GrowingInt32 } from './growing-int32.ts';

/** Ids below it go into the column, whatever their order: 16 MiB at most. */
const COLUMN_LENGTH = 2 ** 22;

export class IdMap {
  /** Number + 1; 0 where there is none. */
  readonly #column = new GrowingInt32();
  readonly #others = new Map<number, number>();

  /** The value is an index, from 0 to 2^31 - 2. */
  set(id: number, value: number): void {
    if (isColumnIndex(id)) this.#column.set(id, value + 1);
    else this.#others.set(id, value);
  }

  /** -1 for an id that was never set. */
  get(id: number): number {
    return isColumnIndex(id) ? this.#column.get(id | 0) - 1 : (this.#others.get(id) ?? -1);
  }
}

function isColumnIndex(id: number): boolean {
  return id >= 0 && id < COLUMN_LENGTH && Number.isInteger(id);
}
