// The `Name:   1234 kB` lines that meminfo and smaps_rollup are made of.
import { ParseError } from '../../model/index.ts';
import { type Bytes, KIB } from '../../units/index.ts';

// "ShadowCallStack:10373888 kB" has no blank after the colon; HugePages_Total has no unit. A minus sign is a counter that
// underflowed, which is for the reader of the figure to judge.
const LINE = /^([^\s:][^:]*):\s*(-?\d{1,20})( kB)?\s*$/;

/**
 * Every `Name: number [kB]` line, times 1024 (as psutil does for those without a unit too). A number that does not fit 2^53
 * bytes is an underflowed counter, not a size: left out. Of a name that comes twice the last counts.
 * @throws {ParseError} a line of any other shape, or a text that stops in the middle of a line.
 */
export function parseSizes(file: string, text: string): ReadonlyMap<string, Bytes> {
  const lines = text.split('\n');
  const rest = lines.pop() ?? '';
  // Without its newline only a unit shows that the number is all there.
  if (rest !== '' && !rest.endsWith(' kB')) throw new ParseError(file, 'it stops in the middle of a line');
  if (rest !== '') lines.push(rest);
  const sizes = new Map<string, Bytes>();
  for (const line of lines) {
    const [, name, number] = LINE.exec(line) ?? [];
    if (name === undefined) throw new ParseError(file, `not a size: ${JSON.stringify(line.slice(0, 80))}`);
    const bytes = Number(number) * KIB;
    if (Number.isSafeInteger(bytes)) sizes.set(name, bytes);
  }
  return sizes;
}
