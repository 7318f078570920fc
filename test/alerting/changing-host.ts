// A host whose memory a test turns by hand: a folder in the place of /proc.
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ChangingHost {
  readonly procRoot: string;
  /** In use, as a share of memory and of swap. */
  set(memoryPercent: number, swapPercent?: number): void;
  /** Other text in the place of meminfo. */
  setText(meminfo: string): void;
  remove(): void;
}

/** Chosen so that a share of it has exactly as many kB as needed for one decimal of a per cent. */
const TOTAL_KB = 24_490_000;
const SWAP_TOTAL_KB = 2_000_000;

export function createChangingHost(): ChangingHost {
  const procRoot = mkdtempSync(join(tmpdir(), 'plimsoll-host-'));
  const setText = (meminfo: string): void => {
    // Renamed into place, as a reader must never see half a file.
    writeFileSync(join(procRoot, 'meminfo.new'), meminfo);
    renameSync(join(procRoot, 'meminfo.new'), join(procRoot, 'meminfo'));
  };
  return {
    procRoot,
    set: (memoryPercent, swapPercent = 0) => setText(meminfoText(memoryPercent, swapPercent)),
    setText,
    remove: () => rmSync(procRoot, { recursive: true }),
  };
}

function meminfoText(memoryPercent: number, swapPercent: number): string {
  const availableKb = Math.round(TOTAL_KB * (1 - memoryPercent / 100));
  const lines: Readonly<Record<string, number>> = {
    MemTotal: TOTAL_KB,
    MemFree: Math.round(availableKb / 2),
    MemAvailable: availableKb,
    Buffers: 1000,
    Cached: Math.round(availableKb / 4),
    SwapCached: 0,
    Active: 100_000,
    Inactive: 100_000,
    SwapTotal: SWAP_TOTAL_KB,
    SwapFree: Math.round(SWAP_TOTAL_KB * (1 - swapPercent / 100)),
    Shmem: 1000,
    Slab: 1000,
    SReclaimable: 500,
  };
  return Object.entries(lines)
    .map(([name, kb]) => `${name}:${String(kb).padStart(16)} kB\n`)
    .join('');
}
