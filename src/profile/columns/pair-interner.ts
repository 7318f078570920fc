// Gives each distinct pair of integers a number: 0, 1, 2 … in the order in which they were first seen. A profile's stacks are
// pairs (parent, frame), and a million of them have to be found again in a blink: hence a hash table with open addressing in
// typed arrays rather than a Map of strings.
//
// Invariants: `firsts` and `seconds` hold the pair of each number. `slots` has a power of two of entries, each a number + 1 (0 is
// free) and beside it the pair's hash, so that a pair that differs is passed over without a look at the columns: in a large
// table every look is a cache miss. At most half of the entries are taken, so that a probe ends soon.

const LEAST_CAPACITY = 512;

export class PairInterner {
  #slots: Int32Array;
  #firsts: Int32Array;
  #seconds: Int32Array;
  #size = 0;

  /** Grows as it must; without growing when `expected` was right. */
  constructor(expected = 0) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(LEAST_CAPACITY, expected + 1)));
    this.#slots = new Int32Array(capacity * 4);
    this.#firsts = new Int32Array(capacity);
    this.#seconds = new Int32Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** Both are 32-bit integers. */
  intern(first: number, second: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const hash = hashOf(first, second);
    let slot = (hash << 1) & mask;
    for (let entry = slots[slot] as number; entry !== 0; entry = slots[slot] as number) {
      if (slots[slot + 1] === hash && this.#isPair(entry - 1, first, second)) return entry - 1;
      slot = (slot + 2) & mask;
    }
    slots[slot] = this.#size + 1;
    slots[slot + 1] = hash;
    return this.#add(first, second);
  }

  first(index: number): number {
    return this.#firsts[index] as number;
  }

  second(index: number): number {
    return this.#seconds[index] as number;
  }

  /** The first of each pair, by number. */
  firsts(): Int32Array {
    return this.#firsts.slice(0, this.#size);
  }

  seconds(): Int32Array {
    return this.#seconds.slice(0, this.#size);
  }

  #isPair(index: number, first: number, second: number): boolean {
    return this.#firsts[index] === first && this.#seconds[index] === second;
  }

  #add(first: number, second: number): number {
    const index = this.#size;
    this.#firsts[index] = first;
    this.#seconds[index] = second;
    this.#size += 1;
    if (this.#size === this.#firsts.length) this.#grow();
    return index;
  }

  #grow(): void {
    this.#firsts = doubled(this.#firsts);
    this.#seconds = doubled(this.#seconds);
    const old = this.#slots;
    const slots = new Int32Array(old.length * 2);
    const mask = slots.length - 1;
    for (let from = 0; from < old.length; from += 2) {
      if (old[from] === 0) continue;
      const hash = old[from + 1] as number;
      let slot = (hash << 1) & mask;
      while (slots[slot] !== 0) slot = (slot + 2) & mask;
      slots[slot] = old[from] as number;
      slots[slot + 1] = hash;
    }
    this.#slots = slots;
  }
}

function doubled(column: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2);
  larger.set(column);
  return larger;
}

/** Odd multipliers spread neighbouring numbers over all bits; the last step brings the high bits down to where the mask looks. */
function hashOf(first: number, second: number): number {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second ^ (first >>> 15), 0x85ebca77);
  return mixed ^ (mixed >>> 13);
}
