// /proc/zoneinfo: the low watermarks of all memory zones, below which the kernel starts to reclaim. Only kernels without a
// usable MemAvailable need them.
import { join } from 'node:path';
import { ParseError } from '../../model/index.ts';
import { parseUnsigned } from '../../units/index.ts';
import { readText } from './read-text.ts';

const LOW = /^\s*low(?:\s+(.*?))?\s*$/;

/**
 * The sum of the zones' low watermarks, in pages.
 * @throws {ParseError} where a watermark is no number, or there is none.
 */
export function parseLowWatermark(text: string): number {
  const marks = text.split('\n').flatMap((line) => {
    const mark = LOW.exec(line);
    return mark ? [parseUnsigned(mark[1] ?? '')] : [];
  });
  if (marks.length === 0) throw new ParseError('zoneinfo', 'no zone has a low watermark');
  return marks.reduce<number>((sum, pages) => {
    if (pages === undefined) throw new ParseError('zoneinfo', 'a low watermark is no number');
    return sum + pages;
  }, 0);
}

export function readLowWatermark(procRoot: string): number | undefined {
  const text = readText(join(procRoot, 'zoneinfo'));
  return text === undefined ? undefined : parseLowWatermark(text);
}
