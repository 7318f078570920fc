// Gives each distinct pair of integers a number: 0, 1, 2 … in the order in which they were first seen. A profile's stacks are
// pairs (parent, frame), and a million of them have to be found again in a blink: hence a hash table with open addressing in
// typed arrays rather than a Map of strings.
//
// A large table lies outside the processor's caches, and what it costs is misses. So a pair's first few places are near those of
// its neighbours by `first`: whoever walks a tree of stacks, where the parent is mostly the stack just seen, stays on the same
// cache lines. Where these are taken (a parent of many children), its places go on from the pair's hash.
//
// Invariants: `firsts` and `seconds` hold the pair of each number. `slots` has a power of two of entries, each a number + 1 (0 is
// free) and beside it the pair's hash, so that a pair that differs is passed over without a look at the columns. At most half
// of the entries are taken, so that a search ends soon. Nothing is ever removed, so it ends at the first free one.

/** Two cache lines of entries. */
const NEAR_PLACES = 16;
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
    const hash = hashOf(first, second);
    for (let place = 0; ; place += 1) {
      const slot = this.#slot(first, hash, place);
      const entry = this.#slots[slot] as number;
      if (entry === 0) return this.#add(slot, first, second, hash);
      if (this.#slots[slot + 1] === hash && this.#isPair(entry - 1, first, second)) return entry - 1;
    }
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

  /** Where the `place`-th entry lies at which the pair may be. */
  #slot(first: number, hash: number, place: number): number {
    const entry = place < NEAR_PLACES ? first * 2 + place : hash + place;
    return (entry << 1) & (this.#slots.length - 1);
  }

  #isPair(index: number, first: number, second: number): boolean {
    return this.#firsts[index] === first && this.#seconds[index] === second;
  }

  #add(slot: number, first: number, second: number, hash: number): number {
    const index = this.#size;
    this.#slots[slot] = index + 1;
    this.#slots[slot + 1] = hash;
    this.#firsts[index] = first;
    this.#seconds[index] = second;
    this.#size += 1;
    if (this.#size === this.#firsts.length) this.#grow();
    return index;
  }

  #grow(): void {
    this.#firsts = doubled(this.#firsts);
    this.#seconds = doubled(this.#seconds);
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let index = 0; index < this.#size; index += 1) this.#place(index);
  }

  /** Gives a pair that is in the columns already its entry. */
  #place(index: number): void {
    const first = this.first(index);
    const hash = hashOf(first, this.second(index));
    let place = 0;
    while (this.#slots[this.#slot(first, hash, place)] !== 0) place += 1;
    const slot = this.#slot(first, hash, place);
    this.#slots[slot] = index + 1;
    this.#slots[slot + 1] = hash;
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
