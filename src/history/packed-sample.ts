// One sample, all its series, as few bytes as simple means allow: series numbers ascending as differences, values as varints
// (seven bits a byte, lowest first). The kernel counts memory in KiB, so a value that is a multiple of 1024 is written
// divided by it; the lowest bit tells which. A process's sample, RSS and CPU, takes 5 to 7 bytes, a tenth of a row of its own.
import type { SeriesValue } from './sample-row.ts';

/** Of one value: its series' difference and twice 2^53 take at most 8 bytes each. */
const MAX_BYTES_PER_VALUE = 16;

/** `values` must have distinct series. */
export function packSample(values: readonly SeriesValue[]): Uint8Array {
  const bytes = new Uint8Array(values.length * MAX_BYTES_PER_VALUE);
  let at = 0;
  let previous = 0;
  for (const { series, value } of values.toSorted((a, b) => a.series - b.series)) {
    at = writeVarint(bytes, at, series - previous);
    at = writeVarint(bytes, at, value % 1024 === 0 ? (value / 1024) * 2 + 1 : value * 2);
    previous = series;
  }
  return bytes.slice(0, at);
}

function writeVarint(bytes: Uint8Array, start: number, number: number): number {
  let at = start;
  let rest = number;
  while (rest >= 128) {
    bytes[at++] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
  }
  bytes[at++] = rest;
  return at;
}

/** Calls `visit` for every value, series ascending. Bytes that were not packed here end the walk early and never throw. */
export function unpackSample(bytes: Uint8Array, visit: (series: number, value: number) => void): void {
  const reader = new VarintReader(bytes);
  let series = 0;
  while (!reader.done) {
    series += reader.next();
    if (reader.done) return;
    visit(series, unpackValue(reader.next()));
  }
}

/** The value of one series, without looking at those behind it. */
export function valueIn(bytes: Uint8Array, wanted: number): number | undefined {
  const reader = new VarintReader(bytes);
  let series = 0;
  while (!reader.done) {
    series += reader.next();
    if (series > wanted) return undefined;
    const packed = reader.next();
    if (series === wanted) return unpackValue(packed);
  }
  return undefined;
}

function unpackValue(packed: number): number {
  return packed % 2 === 1 ? ((packed - 1) / 2) * 1024 : packed / 2;
}

class VarintReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  next(): number {
    let number = 0;
    let weight = 1;
    while (this.#at < this.#bytes.length) {
      const byte = this.#bytes[this.#at++] as number;
      number += (byte & 127) * weight;
      if (byte < 128) break;
      weight *= 128;
    }
    return number;
  }
}
