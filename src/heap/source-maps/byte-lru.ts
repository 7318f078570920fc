// Keeps what was used last, up to so many bytes. An entry too large for the whole cache is not kept at all.
import type { Bytes } from '../../units/index.ts';

interface Entry<Value> {
  readonly value: Value;
  readonly bytes: Bytes;
}

export class ByteLru<Value> {
  // A Map keeps the order of insertion: what is used is taken out and put in again, so the first is the longest unused.
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #maxBytes: Bytes;
  #bytes: Bytes = 0;

  constructor(maxBytes: Bytes) {
    this.#maxBytes = maxBytes;
  }

  /** Of all entries together: never more than the maximum. */
  get bytes(): Bytes {
    return this.#bytes;
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: Value, bytes: Bytes): void {
    this.#remove(key);
    if (bytes > this.#maxBytes) return;
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#remove(oldest);
    }
  }

  #remove(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }
}
