// What one reading of a host says. A field the kernel did not print is absent, never 0.
import type { Bytes, Percent, Seconds } from '../units/index.ts';

/** `/proc/meminfo` through psutil 7.1's formulas. `percent` = (total − available) / total, one decimal, half to even. */
export interface HostMemory {
  readonly totalBytes: Bytes;
  readonly availableBytes: Bytes;
  readonly usedBytes: Bytes;
  readonly freeBytes: Bytes;
  readonly percent: Percent;
  readonly activeBytes?: Bytes;
  readonly inactiveBytes?: Bytes;
  readonly buffersBytes?: Bytes;
  /** Page cache and reclaimable slab, as `free` shows it. */
  readonly cachedBytes?: Bytes;
  readonly sharedBytes?: Bytes;
  readonly slabBytes?: Bytes;
}

export interface HostSwap {
  readonly totalBytes: Bytes;
  readonly usedBytes: Bytes;
  readonly freeBytes: Bytes;
  readonly percent: Percent;
  /** Since boot; absent where `/proc/vmstat` is. */
  readonly swappedInBytes?: Bytes;
  readonly swappedOutBytes?: Bytes;
}

/** One line of a PSI file: shares of time in which some (or all) tasks waited for memory. */
export interface PressureLine {
  readonly avg10Percent: Percent;
  readonly avg60Percent: Percent;
  readonly avg300Percent: Percent;
  readonly totalSeconds: Seconds;
}

export interface Pressure {
  readonly some?: PressureLine;
  readonly full?: PressureLine;
}

/** Counters since boot out of `/proc/vmstat`. */
export interface PagingCounters {
  readonly faults?: number;
  readonly majorFaults?: number;
  readonly swappedInBytes?: Bytes;
  readonly swappedOutBytes?: Bytes;
  readonly oomKills?: number;
}

/** "No limit" is a state, not a number. `path` is the cgroup, up the ancestry, that sets the least limit. */
export type MemoryLimit =
  | { readonly kind: 'unlimited' }
  | { readonly kind: 'limited'; readonly bytes: Bytes; readonly path: string };

/** Counts since the cgroup was made, out of `memory.events` (v2) or `memory.oom_control` and `memory.failcnt` (v1). */
export interface CgroupEvents {
  readonly low?: number;
  readonly high?: number;
  readonly max?: number;
  readonly oom?: number;
  readonly oomKill?: number;
}

/** The memory cgroup a process is in. */
export interface CgroupMemory {
  readonly version: 1 | 2;
  readonly path: string;
  readonly usageBytes?: Bytes;
  /** Usage minus inactive file pages: the figure that kills. */
  readonly workingSetBytes?: Bytes;
  readonly limit: MemoryLimit;
  /** `memory.high`, where reclaim starts to throttle; v2 only. */
  readonly high: MemoryLimit;
  readonly peakBytes?: Bytes;
  readonly swapUsageBytes?: Bytes;
  readonly swapLimit: MemoryLimit;
  readonly events?: CgroupEvents;
  readonly pressure?: Pressure;
}

export interface HostCpu {
  /** Busy share of all processors since the previous sample; absent in the first. */
  readonly percent?: Percent;
  readonly logicalCount: number;
  /** 1, 5 and 15 minutes. */
  readonly loadAverage?: readonly [number, number, number];
}

/** One reading of everything about the host. A source that failed leaves its field out and says so in `collectors`. */
export interface HostSample {
  readonly atSeconds: Seconds;
  readonly memory?: HostMemory;
  readonly swap?: HostSwap;
  readonly pressure?: Pressure;
  readonly paging?: PagingCounters;
  readonly cgroup?: CgroupMemory;
  readonly cpu?: HostCpu;
  readonly collectors: readonly CollectorReport[];
}

/** How one collector fared in one sample. "Nothing to read" is `absent`, not a failure. */
export type CollectorReport =
  | { readonly collector: string; readonly outcome: 'ok' | 'absent'; readonly durationSeconds: Seconds }
  | {
      readonly collector: string;
      readonly outcome: 'failed';
      readonly durationSeconds: Seconds;
      readonly reason: string;
    };
