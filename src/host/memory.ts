// The host's memory and swap by psutil 7.1's formulas, which are those of `free`: what people compare our figures with.
// A field that psutil sets to 0 because the kernel did not print it is absent here.
import { type HostMemory, type HostSwap, ParseError, present } from '../model/index.ts';
import { type Bytes, usagePercent } from '../units/index.ts';
import { type MemInfo, readKernelUnits, readLowWatermark, readMeminfo } from './procfs/index.ts';

/** The sum of the zones' low watermarks; undefined where the kernel does not tell. Asked for only when it is needed. */
export type LowWatermark = () => Bytes | undefined;

/** Everything that is in meminfo. */
export interface MeminfoFigures {
  readonly memory: HostMemory;
  readonly swap?: HostSwap;
}

/** Undefined where there is no meminfo. Swap traffic is not in it: see hostSwap. */
export function readMemory(procRoot: string): MeminfoFigures | undefined {
  const info = readMeminfo(procRoot);
  if (!info) return undefined;
  return present({ memory: hostMemory(info, () => lowWatermarkBytes(procRoot)), swap: hostSwap(info) });
}

function lowWatermarkBytes(procRoot: string): Bytes | undefined {
  const pages = readLowWatermark(procRoot);
  return pages === undefined ? undefined : pages * readKernelUnits(procRoot).pageBytes;
}

/** @throws {ParseError} without MemTotal or MemFree, which every kernel prints. */
export function hostMemory(info: MemInfo, lowWatermark: LowWatermark): HostMemory {
  const totalBytes = required(info, 'MemTotal');
  const freeBytes = required(info, 'MemFree');
  if (totalBytes <= 0) throw new ParseError('meminfo', 'a MemTotal of 0');
  const availableBytes = available(info, totalBytes, freeBytes, lowWatermark);
  const usedBytes = totalBytes - availableBytes;
  return present({
    totalBytes,
    availableBytes,
    usedBytes,
    freeBytes,
    percent: usagePercent(usedBytes, totalBytes),
    activeBytes: info.get('Active'),
    inactiveBytes: inactive(info),
    buffersBytes: info.get('Buffers'),
    cachedBytes: cached(info),
    // MemShared: kernels 2.4.
    sharedBytes: info.get('Shmem') ?? info.get('MemShared'),
    slabBytes: info.get('Slab'),
  });
}

function required(info: MemInfo, name: string): Bytes {
  const bytes = info.get(name);
  if (bytes === undefined) throw new ParseError('meminfo', `no ${name}`);
  return bytes;
}

function available(info: MemInfo, total: Bytes, free: Bytes, lowWatermark: LowWatermark): Bytes {
  const printed = info.get('MemAvailable');
  // Before Linux 3.14 it is not printed, and some kernels print 0.
  const bytes = printed === undefined || printed === 0 ? estimate(info, free, lowWatermark) : printed;
  if (bytes < 0) return 0;
  // In an LXC container the host's figures show through: more available than there is.
  return bytes > total ? free : bytes;
}

/**
 * The kernel's own estimate (commit 34e431b0ae39) from outside: what is free above the low watermarks, and the page cache
 * and the reclaimable slab, less the part of each that is better left alone.
 */
function estimate(info: MemInfo, free: Bytes, lowWatermark: LowWatermark): Bytes {
  const simple = free + (info.get('Cached') ?? 0);
  const activeFile = info.get('Active(file)');
  const inactiveFile = info.get('Inactive(file)');
  const slab = info.get('SReclaimable');
  if (activeFile === undefined || inactiveFile === undefined || slab === undefined) return simple;
  const low = lowWatermark();
  if (low === undefined) return simple;
  const reclaimable = (part: Bytes): Bytes => part - Math.min(part / 2, low);
  return Math.trunc(free - low + reclaimable(activeFile + inactiveFile) + reclaimable(slab));
}

function cached(info: MemInfo): Bytes | undefined {
  const pages = info.get('Cached');
  return pages === undefined ? undefined : pages + (info.get('SReclaimable') ?? 0);
}

/** Kernels 2.4 split it in three. */
function inactive(info: MemInfo): Bytes | undefined {
  const whole = info.get('Inactive');
  if (whole !== undefined) return whole;
  const parts = ['Inact_dirty', 'Inact_clean', 'Inact_laundry'].map((name) => info.get(name));
  return parts.reduce((sum, part) => (sum === undefined || part === undefined ? undefined : sum + part), 0);
}

/**
 * Undefined where the kernel prints no swap figures; a host without swap has a total of 0. Swap traffic stands in vmstat, and
 * is added by whoever read that.
 */
export function hostSwap(info: MemInfo): HostSwap | undefined {
  const totalBytes = info.get('SwapTotal');
  const freeBytes = info.get('SwapFree');
  if (totalBytes === undefined || freeBytes === undefined) return undefined;
  const usedBytes = totalBytes - freeBytes;
  return { totalBytes, usedBytes, freeBytes, percent: usagePercent(usedBytes, totalBytes) };
}
