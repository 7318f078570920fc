// psutil as an oracle: one Python process for as many proc roots as are asked about.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Debian's, with its python3-psutil. */
export const PYTHON = '/usr/bin/python3';
export const PSUTIL = '/usr/lib/python3/dist-packages/psutil';

export interface PsutilVirtual {
  readonly total: number;
  readonly available: number;
  readonly percent: number;
  readonly free: number;
  readonly active: number;
  readonly inactive: number;
  readonly buffers: number;
  readonly cached: number;
  readonly shared: number;
  readonly slab: number;
}

export interface PsutilSwap {
  readonly total: number;
  readonly used: number;
  readonly free: number;
  readonly percent: number;
  readonly sin: number;
  readonly sout: number;
}

/** Null where psutil gives up. */
export interface PsutilHost {
  readonly virtual: PsutilVirtual | null;
  readonly swap: PsutilSwap | null;
}

export function askPsutil(procRoots: readonly string[]): readonly PsutilHost[] {
  const answers = execFileSync(PYTHON, [join(import.meta.dirname, 'psutil-oracle.py')], {
    input: JSON.stringify(procRoots),
    maxBuffer: 2 ** 26,
    encoding: 'utf8',
  });
  return JSON.parse(answers);
}
