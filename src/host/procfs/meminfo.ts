// /proc/meminfo: the host's memory as the kernel counts it. Source: Documentation/filesystems/proc.rst, "meminfo".
import { join } from 'node:path';
import { ParseError } from '../../model/index.ts';
import type { Bytes } from '../../units/index.ts';
import { readText } from './read-text.ts';
import { parseSizes } from './sizes.ts';

/** Name → bytes, as printed: which names there are depends on the kernel and how it was built. */
export type MemInfo = ReadonlyMap<string, Bytes>;

/** @throws {ParseError} where a line is no size, or nothing is there at all. */
export function parseMeminfo(text: string): MemInfo {
  const info = parseSizes('meminfo', text);
  if (info.size === 0) throw new ParseError('meminfo', 'it is empty');
  return info;
}

export function readMeminfo(procRoot: string): MemInfo | undefined {
  const text = readText(join(procRoot, 'meminfo'));
  return text === undefined ? undefined : parseMeminfo(text);
}
