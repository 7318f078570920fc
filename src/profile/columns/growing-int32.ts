// An Int32Array that grows to whatever index is written. What was never written is 0.

const LEAST_LENGTH = 1024;

export class GrowingInt32 {
  #values: Int32Array;

  /** Without growing when `expected` was right. */
  constructor(expected = 0) {
    this.#values = new Int32Array(Math.max(LEAST_LENGTH, expected));
  }

  get(index: number): number {
    return this.#values[index] ?? 0;
  }

  set(index: number, value: number): void {
    if (index >= this.#values.length) this.#grow(index);
    this.#values[index] = value;
  }

  #grow(index: number): void {
    const larger = new Int32Array(Math.max(index + 1, this.#values.length * 2));
    larger.set(this.#values);
    this.#values = larger;
  }
}
