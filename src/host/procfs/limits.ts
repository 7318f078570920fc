// /proc/[pid]/limits: here how many descriptors the process may have open.
import { join } from 'node:path';
import { ParseError } from '../../model/index.ts';
import { readText } from './read-text.ts';

const OPEN_FILES = /^Max open files +(unlimited|\d{1,15}) /m;

/**
 * The soft limit; Infinity where there is none.
 * @throws {ParseError} where the line is missing.
 */
export function parseDescriptorLimit(text: string): number {
  const soft = OPEN_FILES.exec(text)?.[1];
  if (soft === undefined) throw new ParseError('[pid]/limits', 'no "Max open files"');
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft);
}

export function readDescriptorLimit(procRoot: string): number | undefined {
  const text = readText(join(procRoot, 'self', 'limits'));
  return text === undefined ? undefined : parseDescriptorLimit(text);
}
