// /proc/[pid]/stat: name, state, parent, times. Source: proc_pid_stat(5). Its RSS (field 24) is an approximation on current
// kernels and is not read: statm has the exact one.
import { ParseError } from '../../model/index.ts';
import { FieldCursor } from './field-cursor.ts';

export interface PidStat {
  /** Where the name stands in the bytes: comparing it there saves making a string of it at every scan. */
  readonly nameStart: number;
  readonly nameEnd: number;
  /** One letter: R, S, D, Z, T … */
  readonly state: string;
  readonly parentPid: number;
  /** User and system time. */
  readonly cpuTicks: number;
  readonly threads: number;
  /** Since boot. */
  readonly startTicks: number;
}

const FILE = '[pid]/stat';
const [OPEN, CLOSE, BLANK] = [0x28, 0x29, 0x20];
const [LETTER_A, LETTER_Z, TO_UPPER_CASE] = [0x41, 0x5a, 0xdf];

/**
 * Reads the first `length` of `bytes`.
 * @throws {ParseError} where a field that is read is not what it has to be.
 */
export function parsePidStat(bytes: Buffer, length: number): PidStat {
  const nameStart = afterFirstOpen(bytes, length);
  // A name may hold `) (` itself; nothing after the name can. Some 200 bytes follow: a Buffer's own search is four times
  // faster than a loop here.
  const nameEnd = bytes.lastIndexOf(CLOSE, length - 1);
  if (nameEnd < nameStart) throw new ParseError(FILE, 'no name in parentheses');
  const state = stateAt(bytes, nameEnd + 2, length);
  const fields = new FieldCursor(FILE, bytes, nameEnd + 4, length);
  const parentPid = fields.unsigned();
  fields.skip(9);
  const cpuTicks = fields.unsigned() + fields.unsigned();
  fields.skip(4);
  const threads = fields.unsigned();
  fields.skip(1);
  return { nameStart, nameEnd, state, parentPid, cpuTicks, threads, startTicks: fields.unsigned() };
}

/** It comes after a few digits: a loop is there before indexOf has begun. */
function afterFirstOpen(bytes: Uint8Array, length: number): number {
  let at = 0;
  while (at < length && bytes[at] !== OPEN) at += 1;
  return at + 1;
}

function stateAt(bytes: Uint8Array, at: number, length: number): string {
  const letter = bytes[at] ?? 0;
  const upper = letter & TO_UPPER_CASE;
  const framed = bytes[at - 1] === BLANK && bytes[at + 1] === BLANK && at + 1 < length;
  if (!framed || upper < LETTER_A || upper > LETTER_Z) throw new ParseError(FILE, 'no state after the name');
  return String.fromCharCode(letter);
}
