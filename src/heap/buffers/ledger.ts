// The ledger: which live backing stores were allocated where. It is told of every allocation (`note`, on the application's hot
// path) and records a few of them; a record goes when V8 has collected its ArrayBuffer, moves when the memory moves to another
// one, and goes when the memory leaves the thread.
import { types } from 'node:util';
import type { Bytes } from '../../units/index.ts';
import { type BufferSiteChange, BufferSiteTable } from './buffer-site-table.ts';
import type { ByteSampler, Weight } from './byte-sampler.ts';
import { bufferOfView, byteLengthOfBuffer } from './intrinsics.ts';

/** Live records, 290 bytes each: 14 MB of V8's heap at most. What is beyond shows as unattributed. */
const MAX_RECORDS = 50_000;

export interface LedgerOptions {
  readonly sampler: ByteSampler;
  readonly callerFrames: () => Parameters<BufferSiteTable['add']>[0];
}

interface RecordEntry {
  readonly siteId: number;
  readonly weight: Weight;
  /** Resizable memory is not in Node.js' sum of array buffers. */
  readonly resizable: boolean;
  readonly size: Bytes;
}

export class BufferLedger {
  readonly #sampler: ByteSampler;
  readonly #callerFrames: LedgerOptions['callerFrames'];
  readonly #sites = new BufferSiteTable();
  /** By the number that the registry holds for a buffer. */
  readonly #records = new Map<number, RecordEntry>();
  readonly #numbers = new WeakMap<object, number>();
  readonly #collected = new FinalizationRegistry<number>((number) => this.#release(number));
  #lastNumber = 0;
  #resizableBytes: Bytes = 0;
  #closed = false;

  constructor({ sampler, callerFrames }: LedgerOptions) {
    this.#sampler = sampler;
    this.#callerFrames = callerFrames;
  }

  /** Bytes of live memory that is recorded and can be resized. */
  get resizableBytes(): Bytes {
    return this.#resizableBytes;
  }

  /** `owner`: an ArrayBuffer of so many bytes that was just allocated, or a view on the whole of it. */
  note(owner: object, bytes: Bytes): void {
    if (!this.#sampler.takes(bytes) || this.#closed) return;
    try {
      this.#record(types.isAnyArrayBuffer(owner) ? owner : bufferOfView(owner), bytes);
    } catch {
      // The stack may be nearly full: the application's allocation has succeeded, and that is what counts.
    }
  }

  /** The memory of `from` is now that of `to`. */
  move(from: object, to: object): void {
    const number = this.#numbers.get(from);
    const entry = number === undefined ? undefined : this.#records.get(number);
    if (number === undefined || !entry) return;
    this.#forgetBuffer(from);
    this.#keep(to, number);
    this.#resize(number, entry, byteLengthOfBuffer(to));
  }

  /** Its memory has grown or shrunk where it is. */
  resized(buffer: object): void {
    const number = this.#numbers.get(buffer);
    const entry = number === undefined ? undefined : this.#records.get(number);
    if (number !== undefined && entry) this.#resize(number, entry, byteLengthOfBuffer(buffer));
  }

  /** Its memory belongs to somebody else now. */
  leave(buffer: object): void {
    const number = this.#numbers.get(buffer);
    if (number === undefined) return;
    this.#forgetBuffer(buffer);
    this.#release(number);
  }

  takeChanges(): BufferSiteChange[] {
    return this.#sites.takeChanges();
  }

  /** Records nothing more: hooks that somebody has wrapped stay in place, and cost next to nothing. */
  close(): void {
    this.#closed = true;
    this.#records.clear();
  }

  #record(buffer: object, bytes: Bytes): void {
    const weight = this.#sampler.weigh(bytes);
    if (this.#records.size >= MAX_RECORDS || this.#numbers.has(buffer)) return;
    const siteId = this.#sites.add(this.#callerFrames(), weight);
    if (siteId === undefined) return;
    this.#lastNumber += 1;
    const resizable = isResizable(buffer);
    if (resizable) this.#resizableBytes += bytes;
    this.#records.set(this.#lastNumber, { siteId, weight, resizable, size: bytes });
    this.#keep(buffer, this.#lastNumber);
  }

  #keep(buffer: object, number: number): void {
    this.#numbers.set(buffer, number);
    this.#collected.register(buffer, number, buffer);
  }

  #forgetBuffer(buffer: object): void {
    this.#collected.unregister(buffer);
    this.#numbers.delete(buffer);
  }

  #resize(number: number, entry: RecordEntry, size: Bytes): void {
    const { bytes, count } = entry.weight;
    const grown = (size - entry.size) * count;
    this.#records.set(number, { ...entry, size, weight: { bytes: bytes + grown, count } });
    this.#sites.grow(entry.siteId, grown);
    if (entry.resizable) this.#resizableBytes += size - entry.size;
  }

  #release(number: number): void {
    const entry = this.#records.get(number);
    if (!entry) return;
    this.#records.delete(number);
    this.#sites.remove(entry.siteId, entry.weight);
    if (entry.resizable) this.#resizableBytes -= entry.size;
  }
}

function isResizable(buffer: object): boolean {
  const { resizable, growable } = buffer as { readonly resizable?: boolean; readonly growable?: boolean };
  return resizable === true || growable === true;
}
