// One reading of everything about the host. Each source is a collector of its own; the sample is put together from what they
// gave.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CgroupMemory,
  type HostCpu,
  type HostSample,
  type HostSwap,
  type PagingCounters,
  type Pressure,
  present,
} from '../model/index.ts';
import { readOwnCgroupMemory } from './cgroup.ts';
import type { ReadingClock } from './clock.ts';
import { type Collected, collect } from './collect.ts';
import { createCpuMeter } from './cpu.ts';
import { sampleElsewhere } from './elsewhere.ts';
import { type MeminfoFigures, readMemory } from './memory.ts';
import { type LoadAverage, readLoadavg, readMemoryPressure, readStat, readVmstat } from './procfs/index.ts';

export interface HostReaderOptions {
  /** Where the kernel's process files are: `/proc`. */
  readonly procRoot: string;
  /** Where the control groups are: `/sys/fs/cgroup`. */
  readonly cgroupRoot: string;
  readonly clock: ReadingClock;
}

export interface HostReader {
  /** Never throws: a source that fails leaves its field out, and its report says why. */
  sample(): HostSample;
  /** Ends the series of samples: what is measured between two of them starts anew. */
  close(): void;
}

const DEFAULT_PROC_ROOT = '/proc';

/**
 * Reads Linux' files below the roots. Where the system has no /proc at all, and no other root was named, node:os answers
 * instead.
 */
export function createHostReader(options: HostReaderOptions): HostReader {
  const elsewhere = options.procRoot === DEFAULT_PROC_ROOT && !existsSync(join(DEFAULT_PROC_ROOT, 'meminfo'));
  return elsewhere
    ? { sample: () => sampleElsewhere(options.clock), close: () => {} }
    : createLinuxReader(options);
}

function createLinuxReader({ procRoot, cgroupRoot, clock }: HostReaderOptions): HostReader {
  const cpu = createCpuMeter();
  return {
    sample: () => ({
      atSeconds: clock.wallSeconds(),
      ...assemble({
        meminfo: collect('memory', clock, () => readMemory(procRoot)),
        paging: collect('paging', clock, () => readVmstat(procRoot)),
        pressure: collect('pressure', clock, () => readMemoryPressure(procRoot)),
        cpu: collect('cpu', clock, () => cpu.measure(readStat(procRoot))),
        load: collect('load', clock, () => readLoadavg(procRoot)),
        cgroup: collect('cgroup', clock, (note) => readOwnCgroupMemory(procRoot, cgroupRoot, note)),
      }),
    }),
    close: () => cpu.forget(),
  };
}

interface Sources {
  readonly meminfo: Collected<MeminfoFigures>;
  readonly paging: Collected<PagingCounters>;
  readonly pressure: Collected<Pressure>;
  readonly cpu: Collected<HostCpu>;
  readonly load: Collected<LoadAverage>;
  readonly cgroup: Collected<CgroupMemory>;
}

function assemble(sources: Sources): Omit<HostSample, 'atSeconds'> {
  const { meminfo, paging, pressure, cpu, load, cgroup } = sources;
  return present({
    memory: meminfo.value?.memory,
    swap: withTraffic(meminfo.value?.swap, paging.value),
    pressure: pressure.value,
    paging: paging.value,
    cgroup: cgroup.value,
    cpu: cpu.value && present({ ...cpu.value, loadAverage: load.value }),
    collectors: Object.values(sources).map(({ report }) => report),
  });
}

function withTraffic(swap: HostSwap | undefined, paging: PagingCounters | undefined): HostSwap | undefined {
  if (!swap) return undefined;
  const { swappedInBytes, swappedOutBytes } = paging ?? {};
  return present({ ...swap, swappedInBytes, swappedOutBytes });
}
