// Where there is no /proc: what node:os knows of the host, and nothing else.
import { availableParallelism, freemem, loadavg, totalmem } from 'node:os';
import { type HostCpu, type HostMemory, type HostSample, present } from '../model/index.ts';
import { usagePercent } from '../units/index.ts';
import type { ReadingClock } from './clock.ts';
import { collect } from './collect.ts';

/** A reading with memory and processors alone; what node:os does not know is absent. */
export function sampleElsewhere(clock: ReadingClock): HostSample {
  const memory = collect('memory', clock, () => osMemory());
  const cpu = collect('cpu', clock, () => osCpu());
  const fields = present({ memory: memory.value, cpu: cpu.value });
  return { atSeconds: clock.wallSeconds(), ...fields, collectors: [memory.report, cpu.report] };
}

/** node:os tells free memory only, on most systems without what could be reclaimed: available is at least that. */
export function osMemory(): HostMemory {
  const totalBytes = totalmem();
  const freeBytes = freemem();
  const usedBytes = totalBytes - freeBytes;
  return {
    totalBytes,
    availableBytes: freeBytes,
    usedBytes,
    freeBytes,
    percent: usagePercent(usedBytes, totalBytes),
  };
}

/** Windows knows no load average: node:os answers three zeros there. */
export function osCpu(platform: NodeJS.Platform = process.platform): HostCpu {
  const logicalCount = availableParallelism();
  if (platform === 'win32') return { logicalCount };
  const [one = 0, five = 0, fifteen = 0] = loadavg();
  return { logicalCount, loadAverage: [one, five, fifteen] };
}
