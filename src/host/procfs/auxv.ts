// /proc/[pid]/auxv: what the kernel told the process at its start. Here the two units that other files count in; the usual
// way to them, sysconf(3), is not to be had without native code.
import { join } from 'node:path';
import { ParseError } from '../../model/index.ts';
import type { Bytes } from '../../units/index.ts';
import { readBytes } from './read-text.ts';

export interface KernelUnits {
  readonly pageBytes: Bytes;
  readonly ticksPerSecond: number;
}

/** What they are on nearly every Linux; 32-bit processes, whose vector is laid out otherwise, keep to these. */
export const USUAL_UNITS: KernelUnits = { pageBytes: 4096, ticksPerSecond: 100 };

// getauxval(3), linux/auxvec.h.
const AT_PAGESZ = 6n;
const AT_CLKTCK = 17n;
const WORD_BYTES = 8;
/** No architecture has larger pages, or a faster clock, by default or by choice. */
const LARGEST_PAGE_BYTES = 1_048_576n;
const MOST_TICKS = 10_000n;

const NARROW = new Set(['arm', 'ia32', 'mipsel', 'mips', 'ppc', 's390', 'x32']);

/** @throws {ParseError} where it is no vector of pairs of 64-bit words, or a unit in it cannot be. */
export function parseAuxv(bytes: Uint8Array): KernelUnits {
  if (bytes.length % (2 * WORD_BYTES) !== 0) throw new ParseError('[pid]/auxv', 'not pairs of words');
  const words = new BigUint64Array(new Uint8Array(bytes).buffer);
  const entries = new Map<bigint, bigint>();
  for (let at = 0; at < words.length; at += 2) entries.set(words[at] ?? 0n, words[at + 1] ?? 0n);
  return {
    pageBytes: unit(entries.get(AT_PAGESZ), USUAL_UNITS.pageBytes, LARGEST_PAGE_BYTES),
    ticksPerSecond: unit(entries.get(AT_CLKTCK), USUAL_UNITS.ticksPerSecond, MOST_TICKS),
  };
}

function unit(value: bigint | undefined, usual: number, most: bigint): number {
  if (value === undefined) return usual;
  if (value < 1n || value > most) throw new ParseError('[pid]/auxv', `a unit of ${value}`);
  return Number(value);
}

export function readKernelUnits(procRoot: string, architecture: string = process.arch): KernelUnits {
  const bytes = NARROW.has(architecture) ? undefined : readBytes(join(procRoot, 'self', 'auxv'));
  return bytes === undefined ? USUAL_UNITS : parseAuxv(bytes);
}
