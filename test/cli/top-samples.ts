// A host and its processes for the tests of `top`: round figures, so that what is drawn can be checked by eye.

import type { ProcessRow } from '../../src/cli/top/view.ts';
import type { HostMemory, HostSample } from '../../src/model/index.ts';
import { GIB, HOUR, MIB } from '../../src/units/index.ts';

export function memoryWith(
  usedPercent: number,
  parts: { cached?: number; buffers?: number } = {},
): HostMemory {
  const totalBytes = 100 * GIB;
  const usedBytes = usedPercent * GIB;
  return {
    totalBytes,
    usedBytes,
    availableBytes: totalBytes - usedBytes,
    freeBytes: totalBytes - usedBytes,
    percent: usedPercent,
    ...(parts.cached !== undefined && { cachedBytes: parts.cached * GIB }),
    ...(parts.buffers !== undefined && { buffersBytes: parts.buffers * GIB }),
  };
}

export function hostWith(memory: HostMemory): HostSample {
  return {
    atSeconds: 1_700_000_000,
    memory,
    swap: { totalBytes: 2 * GIB, usedBytes: 256 * MIB, freeBytes: 1.75 * GIB, percent: 12.5 },
    collectors: [],
  };
}

export function rowWith(pid: number, name: string, given: Partial<ProcessRow> = {}): ProcessRow {
  return {
    pid,
    startTicks: pid,
    parentPid: 1,
    name,
    command: `/usr/bin/${name}`,
    state: 'S',
    startedAtSeconds: 1_699_999_000,
    rssBytes: 64 * MIB,
    vmsBytes: GIB,
    cpuSeconds: 1,
    threads: 1,
    memoryPercent: 0.1,
    direction: 'insufficient_data',
    ...given,
  };
}

export const THREE_ROWS: readonly ProcessRow[] = [
  rowWith(990, 'postgres', {
    rssBytes: 402 * MIB,
    cpuPercent: 0.25,
    direction: 'stable',
    growthBytesPerSecond: 0,
  }),
  rowWith(4211, 'node', {
    command: 'node src/server.ts',
    rssBytes: 812 * MIB,
    cpuPercent: 104.5,
    direction: 'increasing',
    growthBytesPerSecond: (38 * MIB) / HOUR,
  }),
  rowWith(7, 'backup', {
    rssBytes: 12 * MIB,
    cpuPercent: 3,
    direction: 'decreasing',
    growthBytesPerSecond: (-5 * MIB) / HOUR,
  }),
];
