// Reads protobuf's wire format in place, without an object for every field: a profile has tens of millions of numbers. Says
// nothing about what the fields mean.
//
// https://protobuf.dev/programming-guides/encoding/
import { invalid, ProfileError } from '../errors.ts';

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

const TWO_TO_32 = 2 ** 32;
const decoder = new TextDecoder();

export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Walks the fields of one message, which lies from `position` to `end`. */
export class ProtobufReader {
  readonly #bytes: Uint8Array;
  #position: number;
  #end: number;
  /** Of the field that `next` moved to. */
  field = 0;
  wireType = 0;
  /** The newest number's two halves: it may be too large for a number. */
  high = 0;
  low = 0;

  constructor(bytes: Uint8Array, position = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#position = position;
    this.#end = end;
  }

  /** To another message of the same bytes: one reader for millions of them. */
  moveTo(start: number, end: number): void {
    this.#position = start;
    this.#end = end;
  }

  /** To the next field; false at the end. Whoever does not read it has to `skip` it. */
  next(): boolean {
    if (this.#position >= this.#end) return false;
    const tag = this.#varint();
    // A field's number has 29 bits at most.
    this.field = tag >>> 3;
    this.wireType = tag & 7;
    return true;
  }

  /** The field as an int64, rounded past 2^53. */
  number(): number {
    if (this.wireType !== VARINT)
      throw invalid(
        `the pprof data has wire type ${this.wireType} where a number belongs, at byte ${this.#position}`,
      );
    return this.#signedVarint();
  }

  text(): string {
    const { start, end } = this.range();
    return decoder.decode(this.#bytes.subarray(start, end));
  }

  message(): ProtobufReader {
    const { start, end } = this.range();
    return new ProtobufReader(this.#bytes, start, end);
  }

  /** Where the message lies that this field is. */
  range(): ByteRange {
    if (this.wireType !== LENGTH_DELIMITED)
      throw invalid(
        `the pprof data has wire type ${this.wireType} where a message belongs, at byte ${this.#position}`,
      );
    const length = this.#varint();
    const start = this.#position;
    this.#advance(length);
    return { start, end: this.#position };
  }

  /**
   * A repeated number, packed or not: appends what this field holds to `values`, which has `length` already, and answers
   * the new length. Throws PROFILE_TOO_LARGE when `values` is full.
   */
  numbers(values: Float64Array, length: number): number {
    if (this.wireType === VARINT) return append(values, length, this.#signedVarint());
    const { start, end } = this.range();
    let newLength = length;
    this.#position = start;
    while (this.#position < end) newLength = append(values, newLength, this.#packed(end));
    // A number that ends past its field is one that the field cut off.
    if (this.#position !== end) throw cutOff(end);
    return newLength;
  }

  skip(): void {
    switch (this.wireType) {
      case VARINT:
        this.#varint();
        return;
      case FIXED64:
        this.#advance(8);
        return;
      case LENGTH_DELIMITED:
        this.range();
        return;
      case FIXED32:
        this.#advance(4);
        return;
      default:
        throw invalid(`the pprof data has a field of wire type ${this.wireType} at byte ${this.#position}`);
    }
  }

  /** The next of many: nearly all have one byte or two. */
  #packed(end: number): number {
    const bytes = this.#bytes;
    const position = this.#position;
    const first = bytes[position] as number;
    if (first < 0x80) {
      this.#position = position + 1;
      return first;
    }
    const second = position + 1 < end ? (bytes[position + 1] as number) : 0x80;
    if (second >= 0x80) return this.#signedVarint();
    this.#position = position + 2;
    return (first & 0x7f) | (second << 7);
  }

  /** Unsigned, rounded above 2^53. */
  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.high = 0;
        this.low = value;
        return value;
      }
    }
    return this.#longVarint(value);
  }

  #signedVarint(): number {
    const value = this.#varint();
    // From the halves: as one number a small negative one would have been rounded to 2^64.
    return this.high >= 0x80000000 ? (this.high | 0) * TWO_TO_32 + this.low : value;
  }

  /** Goes on after the first 28 bits: 28 more and the last 8, each part small enough for bit operations. */
  #longVarint(first: number): number {
    let middle = 0;
    let last = 0;
    let byte = 0x80;
    for (let shift = 0; byte >= 0x80; shift += 7) {
      if (shift > 35) throw invalid(`the pprof data has a number without end at byte ${this.#position}`);
      byte = this.#byte();
      if (shift < 28) middle |= (byte & 0x7f) << shift;
      else last |= (byte & 0x7f) << (shift - 28);
    }
    this.low = (first | (middle << 28)) >>> 0;
    this.high = ((middle >>> 4) | (last << 24)) >>> 0;
    return this.high * TWO_TO_32 + this.low;
  }

  #byte(): number {
    if (this.#position >= this.#end) throw cutOff(this.#position);
    const byte = this.#bytes[this.#position] as number;
    this.#position += 1;
    return byte;
  }

  #advance(length: number): void {
    if (this.#position + length > this.#end) throw cutOff(this.#position);
    this.#position += length;
  }
}

function append(values: Float64Array, length: number, value: number): number {
  if (length === values.length)
    throw new ProfileError(
      'PROFILE_TOO_LARGE',
      `the pprof data has a list of more than ${values.length} numbers`,
    );
  values[length] = value;
  return length + 1;
}

function cutOff(position: number) {
  return invalid(`the pprof data is cut off at byte ${position}`);
}
