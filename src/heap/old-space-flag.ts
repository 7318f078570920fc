// The limit on V8's old generation as a flag sets it. `heap_size_limit` counts the young generation too: with a limit of 128 MB it
// says 335.
import { type Bytes, MIB } from '../units/index.ts';

const FLAG = /^--max[-_]old[-_]space[-_]size=(\d+)$/;

/** `flags` in the order in which V8 takes them: the last one holds. */
export function oldSpaceFlag(flags: readonly string[]): Bytes | undefined {
  const given = flags.map((flag) => FLAG.exec(flag)?.[1]).findLast((found) => found !== undefined);
  return given === undefined ? undefined : Number(given) * MIB;
}
