// Gives each distinct pair of integers a number: 0, 1, 2 … in the order in which they were first seen. A profile's stacks are
// pairs (parent, frame), and a million of them have to be found again in a blink: hence a hash table with open addressing in
// typed arrays rather than a Map of strings.
//
// Invariants: `firsts` and `seconds` hold the pair of each number; `slots` has a power of two of entries, each 0 (free) or a
// number + 1, and is at most half full, so that a probe ends soon.

const INITIAL_SLOTS = 1024;

export class PairInterner {
  #slots = new Int32Array(INITIAL_SLOTS);
  #firsts = new Int32Array(INITIAL_SLOTS / 2);
  #seconds = new Int32Array(INITIAL_SLOTS / 2);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Both are 32-bit integers. */
  intern(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(first, second) & mask;
    for (let entry = this.#slots[slot] as number; entry !== 0; entry = this.#slots[slot] as number) {
      if (this.#firsts[entry - 1] === first && this.#seconds[entry - 1] === second) return entry - 1;
      slot = (slot + 1) & mask;
    }
    return this.#add(slot, first, second);
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

  #add(slot: number, first: number, second: number): number {
    const index = this.#size;
    this.#firsts[index] = first;
    this.#seconds[index] = second;
    this.#slots[slot] = index + 1;
    this.#size += 1;
    if (this.#size === this.#firsts.length) this.#grow();
    return index;
  }

  #grow(): void {
    this.#firsts = doubled(this.#firsts);
    this.#seconds = doubled(this.#seconds);
    this.#slots = new Int32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let index = 0; index < this.#size; index += 1) {
      let slot = hash(this.first(index), this.second(index)) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = index + 1;
    }
  }
}

function doubled(column: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2);
  larger.set(column);
  return larger;
}

/** Odd multipliers spread neighbouring numbers over all bits; the last step brings the high bits down to where the mask looks. */
function hash(first: number, second: number): number {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second ^ (first >>> 15), 0x85ebca77);
  return mixed ^ (mixed >>> 13);
}
