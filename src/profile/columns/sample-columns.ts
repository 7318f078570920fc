// Samples by stack and domain, as they come in. Stacks are numbered in the order in which they were first seen, and mostly get
// their samples in that order too, so a column by stack is nearer to hand than a hash table.
import { EXTERNAL_DOMAIN, type SampleTable } from '../../model/index.ts';
import type { Bytes } from '../../units/index.ts';
import { invalid } from '../errors.ts';
import { checkEntries } from '../limits.ts';
import { GrowingInt32 } from './growing-int32.ts';

const DOMAINS = EXTERNAL_DOMAIN + 1;

const LEAST_CAPACITY = 64;

export class SampleColumns {
  /** Number of the sample + 1, by stack and domain; 0 where there is none. */
  readonly #numbers = new GrowingInt32();
  #table: SampleTable;
  #size = 0;

  /** Grows as it must; without growing when `expected` was right. */
  constructor(expected = 0) {
    this.#table = emptyTable(Math.max(LEAST_CAPACITY, expected));
  }

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
    const { stack, bytes, count, domain } = this.#table;
    return {
      stack: stack.slice(0, this.#size),
      bytes: bytes.slice(0, this.#size),
      count: count.slice(0, this.#size),
      domain: domain.slice(0, this.#size),
    };
  }

  #append(stack: number, domain: number, bytes: Bytes, count: number): void {
    if (this.#size === this.#table.stack.length) this.#grow();
    const sample = this.#size;
    this.#table.stack[sample] = stack;
    this.#table.bytes[sample] = bytes;
    this.#table.count[sample] = count;
    this.#table.domain[sample] = domain;
    this.#size += 1;
    checkEntries(this.#size, 'samples');
    this.#numbers.set(stack * DOMAINS + domain, this.#size);
  }

  #increase(sample: number, bytes: Bytes, count: number): void {
    const newBytes = (this.#table.bytes[sample] ?? 0) + bytes;
    const newCount = (this.#table.count[sample] ?? 0) + count;
    checkWeight(newBytes, 'size');
    checkWeight(newCount, 'count');
    this.#table.bytes[sample] = newBytes;
    this.#table.count[sample] = newCount;
  }

  #grow(): void {
    const old = this.#table;
    this.#table = emptyTable(this.#size * 2);
    this.#table.stack.set(old.stack);
    this.#table.bytes.set(old.bytes);
    this.#table.count.set(old.count);
    this.#table.domain.set(old.domain);
  }
}

function emptyTable(length: number): SampleTable {
  return {
    stack: new Int32Array(length),
    bytes: new Float64Array(length),
    count: new Float64Array(length),
    domain: new Uint8Array(length),
  };
}

function checkWeight(weight: number, what: string): void {
  if (!Number.isSafeInteger(weight) || weight < 0)
    throw invalid(`a sample's ${what} is ${weight}, not a whole number from 0`);
}
