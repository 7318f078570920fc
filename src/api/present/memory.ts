// Host memory and swap, in gigabytes and under the seed's names.
import type { HostMemory, HostSwap, ProcessSample } from '../../model/index.ts';
import type { MemoryUsage } from '../../monitor/monitor.ts';
import type { SwapMemory, TopProcess, VirtualMemory } from '../wire.ts';
import { field, toGigabytes, toMegabytes, toPercent } from './quantity.ts';

/** The seed asks for the five largest where it asks for a system overview. */
const OVERVIEW_PROCESSES = 5;

export function presentVirtual(memory: HostMemory): VirtualMemory {
  return {
    percent: memory.percent,
    total_gb: toGigabytes(memory.totalBytes),
    used_gb: toGigabytes(memory.usedBytes),
    available_gb: toGigabytes(memory.availableBytes),
    free_gb: toGigabytes(memory.freeBytes),
    details: {
      ...field('active_gb', memory.activeBytes, toGigabytes),
      ...field('inactive_gb', memory.inactiveBytes, toGigabytes),
      ...field('buffers_gb', memory.buffersBytes, toGigabytes),
      ...field('cached_gb', memory.cachedBytes, toGigabytes),
      ...field('shared_gb', memory.sharedBytes, toGigabytes),
      ...field('slab_gb', memory.slabBytes, toGigabytes),
    },
  };
}

export function presentSwap(swap: HostSwap): SwapMemory {
  return {
    percent: swap.percent,
    total_gb: toGigabytes(swap.totalBytes),
    used_gb: toGigabytes(swap.usedBytes),
    free_gb: toGigabytes(swap.freeBytes),
    ...field('sin_gb', swap.swappedInBytes, toGigabytes),
    ...field('sout_gb', swap.swappedOutBytes, toGigabytes),
  };
}

export function presentTopProcess(process: ProcessSample): TopProcess {
  return {
    pid: process.pid,
    name: process.name,
    memory_percent: toPercent(process.memoryPercent),
    memory_mb: toMegabytes(process.rssBytes),
    memory_vms_mb: toMegabytes(process.vmsBytes),
  };
}

export function presentMemory(usage: MemoryUsage) {
  return {
    virtual: presentVirtual(usage.virtual),
    swap: presentSwap(usage.swap),
    top_processes: usage.topProcesses.slice(0, OVERVIEW_PROCESSES).map(presentTopProcess),
  };
}
