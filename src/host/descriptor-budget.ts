// How many descriptors the process table may keep open.
import { statfsSync } from 'node:fs';
import { readDescriptorLimit } from './procfs/index.ts';

/** A kept descriptor holds 4.5 KiB of kernel memory (measured), so this many hold 18 MiB; two go to a process. */
const MOST_KEPT = 4096;

/** Where the limit cannot be read: a quarter of what POSIX systems usually allow. */
const UNKNOWN_LIMIT_BUDGET = 64;

/** The rest belongs to the service the monitor may live in. */
const OUR_SHARE = 1 / 4;

/** linux/magic.h. */
const PROC_SUPER_MAGIC = 0x9fa0;

/** A part of the process's own limit, and nothing where the root is not the kernel's: a captured file can be replaced. */
export function descriptorBudget(procRoot: string): number {
  if (!isKernels(procRoot)) return 0;
  // Our own limit is the one that counts, whichever host is watched.
  const limit = readDescriptorLimit('/proc');
  return limit === undefined ? UNKNOWN_LIMIT_BUDGET : Math.min(MOST_KEPT, Math.floor(limit * OUR_SHARE));
}

function isKernels(procRoot: string): boolean {
  try {
    return statfsSync(procRoot).type === PROC_SUPER_MAGIC;
  } catch {
    return false;
  }
}
