// Bytes and counts by key or by stack, in columns.
import { NO_STACK, type Profile } from '../model/index.ts';
import type { Bytes } from '../units/index.ts';

/** What a key was not given, or lies past the columns' end, is 0. Nothing has 0 in both and is there all the same. */
export class Weights {
  readonly #bytes: Float64Array;
  readonly #counts: Float64Array;

  constructor(size: number) {
    this.#bytes = new Float64Array(size);
    this.#counts = new Float64Array(size);
  }

  add(index: number, bytes: Bytes, count: number): void {
    this.#bytes[index] = this.bytesOf(index) + bytes;
    this.#counts[index] = this.countOf(index) + count;
  }

  bytesOf(index: number): Bytes {
    return this.#bytes[index] ?? 0;
  }

  countOf(index: number): number {
    return this.#counts[index] ?? 0;
  }

  /** By index. */
  bytes(): Float64Array {
    return this.#bytes;
  }

  totalBytes(): Bytes {
    return this.#bytes.reduce((sum, bytes) => sum + bytes, 0);
  }

  has(index: number): boolean {
    return this.bytesOf(index) > 0 || this.countOf(index) > 0;
  }
}

/** By stack: its own samples and those of every stack it called. */
export function inclusiveWeights({ stacks, samples }: Profile): Weights {
  const { parent } = stacks;
  const weights = new Weights(parent.length);
  for (const [sample, stack] of samples.stack.entries())
    weights.add(stack, samples.bytes[sample] ?? 0, samples.count[sample] ?? 0);
  // Parents come first, so from the end every stack is complete before it is added to its caller.
  for (let stack = parent.length - 1; stack >= 0; stack -= 1) {
    const caller = parent[stack] ?? NO_STACK;
    if (caller !== NO_STACK) weights.add(caller, weights.bytesOf(stack), weights.countOf(stack));
  }
  return weights;
}
