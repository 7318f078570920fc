// Samples by stack and domain, as they come in. Stacks are numbered in the order in which they were first seen, and mostly get
// their samples in that order too, so a column by stack is nearer to hand than a hash table.
import { EXTERNAL_DOMAIN, type SampleTable } from '../../model/index.ts';
import type { Bytes } from '../../units/index.ts';
import { invalid } from '../errors.ts';
import { checkEntries } from '../limits.ts';
import { GrowingInt32 } from './growing-int32.ts';

const DOMAINS = EXTERNAL_DOMAIN + 1;

export class SampleColumns {
  /** Number of the sample + 1, by stack and domain; 0 where there is none. */
  readonly #numbers = new GrowingInt32();
  readonly #stacks: number[] = [];
  readonly #domains: number[] = [];
  readonly #bytes: number[] = [];
  readonly #counts: number[] = [];

  /** Adds to what the stack has in the domain. Throws PROFILE_INVALID unless both are whole and not negative. */
  add(stack: number, domain: number, bytes: Bytes, count: number): void {
    checkWeight(bytes, 'size');
    checkWeight(count, 'count');
    if (bytes === 0 && count === 0) return;
    const known = this.#numbers.get(stack * DOMAINS + domain);
    if (known === 0) this.#append(stack, domain, bytes, count);
    else this.#increase(known - 1, bytes, count);
  }

  table(): SampleTable {
    return {
      stack: new Int32Array(this.#stacks),
      bytes: new Float64Array(this.#bytes),
      count: new Float64Array(this.#counts),
      domain: new Uint8Array(this.#domains),
    };
  }

  #append(stack: number, domain: number, bytes: Bytes, count: number): void {
    this.#stacks.push(stack);
    this.#domains.push(domain);
    this.#bytes.push(bytes);
    const size = this.#counts.push(count);
    checkEntries(size, 'samples');
    this.#numbers.set(stack * DOMAINS + domain, size);
  }

  #increase(sample: number, bytes: Bytes, count: number): void {
    const newBytes = (this.#bytes[sample] ?? 0) + bytes;
    const newCount = (this.#counts[sample] ?? 0) + count;
    checkWeight(newBytes, 'size');
    checkWeight(newCount, 'count');
    this.#bytes[sample] = newBytes;
    this.#counts[sample] = newCount;
  }
}

function checkWeight(weight: number, what: string): void {
  if (!Number.isSafeInteger(weight) || weight < 0)
    throw invalid(`a sample's ${what} is ${weight}, not a whole number from 0`);
}
