// The three shapes of a control group's files: one number, a limit, and lines of `name number`.
// Source: Documentation/admin-guide/cgroup-v2.rst, "Interface Files".
import { ParseError } from '../../model/index.ts';
import { type Bytes, parseUnsigned } from '../../units/index.ts';

/**
 * Version 1 has no word for "no limit": it prints the largest multiple of the page size that fits a signed 64-bit number,
 * 9223372036854771712 for pages of 4 KiB. No memory is nearly as large as half of that.
 */
const NO_LIMIT_BYTES: Bytes = 2 ** 62;

/** @throws {ParseError} for anything but one number and its newline. */
export function parseCount(file: string, text: string): number {
  const value = parseUnsigned(text.replace(/\n$/, ''));
  if (value === undefined) throw new ParseError(file, `not a number: ${JSON.stringify(text.slice(0, 40))}`);
  return value;
}

/**
 * Infinity for "no limit": `max` in version 2, an impossibly large number in version 1.
 * @throws {ParseError} for anything else that is no number.
 */
export function parseLimit(file: string, text: string): Bytes {
  if (text.trimEnd() === 'max') return Number.POSITIVE_INFINITY;
  const bytes = parseCount(file, text);
  return bytes >= NO_LIMIT_BYTES ? Number.POSITIVE_INFINITY : bytes;
}

/** @throws {ParseError} where a line is not `name number`. */
export function parseCounters(file: string, text: string): ReadonlyMap<string, number> {
  const counters = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [name = '', number = '', ...more] = line.split(' ');
    const value = parseUnsigned(number);
    if (value === undefined || more.length > 0) {
      throw new ParseError(file, `not a counter: ${JSON.stringify(line.slice(0, 80))}`);
    }
    counters.set(name, value);
  }
  return counters;
}
