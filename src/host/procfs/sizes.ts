// The `Name:   1234 kB` lines that meminfo and smaps_rollup are made of.
import { ParseError } from '../../model/index.ts';
import { type Bytes, KIB } from '../../units/index.ts';

// "ShadowCallStack:10373888 kB" has no blank after the colon; HugePages_Total has no unit. A minus sign is a counter that
// underflowed, which is for the reader of the figure to judge.
const LINE = /^([^\s:][^:]*):\s*(-?\d{1,20})( kB)?\s*$/;

/**
 * Every `Name: number [kB]` line, times 1024 (as psutil does for those without a unit too). Left out are a number that does
 * not fit 2^53 bytes, which is an underflowed counter and not a size, and a last line that stops before its unit, whose
 * number may not be all there. Of a name that comes twice the last counts.
 * @throws {ParseError} a line of any other shape.
 */
export function parseSizes(file: string, text: string): ReadonlyMap<string, Bytes> {
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  if (last.endsWith(' kB')) lines.push(last);
  const sizes = new Map<string, Bytes>();
  for (const line of lines) {
    const [, name, number] = LINE.exec(line) ?? [];
    if (name === undefined) throw new ParseError(file, `not a size: ${JSON.stringify(line.slice(0, 80))}`);
    const bytes = Number(number) * KIB;
    if (Number.isSafeInteger(bytes)) sizes.set(name, bytes);
  }
  return sizes;
}
