// The processors: how many, and their busy share between two readings.
import { type HostCpu, present } from '../model/index.ts';
import type { Percent } from '../units/index.ts';
import type { CpuTicks, HostStat } from './procfs/index.ts';

export interface CpuMeter {
  /** The busy share since the previous call; absent in the first. */
  measure(stat: HostStat | undefined): HostCpu | undefined;
  forget(): void;
}

export function createCpuMeter(): CpuMeter {
  let previous: CpuTicks | undefined;
  return {
    measure(stat) {
      const percent = previous && stat && busyPercent(previous, stat.cpu);
      previous = stat?.cpu;
      return stat && present({ percent, logicalCount: stat.logicalCount });
    },
    forget() {
      previous = undefined;
    },
  };
}

/** Undefined where no time passed. A processor taken offline can set the sums back: never below 0, never above 100. */
export function busyPercent(before: CpuTicks, after: CpuTicks): Percent | undefined {
  const total = after.total - before.total;
  if (total <= 0) return undefined;
  const busy = Math.min(Math.max(after.busy - before.busy, 0), total);
  return (busy / total) * 100;
}
