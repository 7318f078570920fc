// /proc/[pid]/smaps_rollup: a process's memory with what it shares split up. Source: Documentation/filesystems/proc.rst.
// The kernel walks all page tables for it, about 30 ms per GiB of RSS: on demand, never in a scan.
import { join } from 'node:path';
import { ParseError, type ProcessMemoryMap, present } from '../../model/index.ts';
import type { Bytes } from '../../units/index.ts';
import { errorCode, readText } from './read-text.ts';
import { parseSizes } from './sizes.ts';

const FILE = '[pid]/smaps_rollup';
const HEADER = /^[0-9a-f]+-[0-9a-f]+ .*\[rollup\]\n/;

/** @throws {ParseError} without the header line, without an Rss, or where a line is no size. */
export function parseSmapsRollup(text: string): ProcessMemoryMap {
  const header = HEADER.exec(text)?.[0];
  if (header === undefined) throw new ParseError(FILE, 'it does not start with its [rollup] line');
  const sizes = parseSizes(FILE, text.slice(header.length));
  const rssBytes = sizes.get('Rss');
  if (rssBytes === undefined) throw new ParseError(FILE, 'no Rss');
  return present({
    rssBytes,
    pssBytes: sizes.get('Pss'),
    ussBytes: uniqueBytes(sizes),
    pssAnonBytes: sizes.get('Pss_Anon'),
    pssFileBytes: sizes.get('Pss_File'),
    pssShmemBytes: sizes.get('Pss_Shmem'),
    swapBytes: sizes.get('Swap'),
    swapPssBytes: sizes.get('SwapPss'),
  });
}

/** What would be freed if the process died: its private pages. */
function uniqueBytes(sizes: ReadonlyMap<string, Bytes>): Bytes | undefined {
  const clean = sizes.get('Private_Clean');
  const dirty = sizes.get('Private_Dirty');
  if (clean === undefined || dirty === undefined) return undefined;
  return clean + dirty + (sizes.get('Private_Hugetlb') ?? 0);
}

/** Undefined for a process that is gone, is a kernel thread, or may not be looked into, and before Linux 4.14. */
export function readSmapsRollup(procRoot: string, pid: number): ProcessMemoryMap | undefined {
  try {
    const text = readText(join(procRoot, String(pid), 'smaps_rollup'));
    return text ? parseSmapsRollup(text) : undefined;
  } catch (error) {
    if (['EACCES', 'EPERM'].includes(errorCode(error))) return undefined;
    throw error;
  }
}
