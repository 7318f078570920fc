// Processor use, and where the load is going.
import type { HostCpu, TrendDirection } from '../../model/index.ts';
import type { Cpu } from '../wire.ts';
import { toPercent } from './quantity.ts';

/** Below a tenth of a processor, and below a tenth of the load, a difference is noise. */
const LOAD_NOISE = 0.1;

export function presentCpu(cpu: HostCpu): Cpu {
  const [one, five, fifteen] = cpu.loadAverage ?? [];
  return {
    current_usage: cpu.percent === undefined ? null : toPercent(cpu.percent),
    logical_count: cpu.logicalCount,
    load_average:
      one === undefined || five === undefined || fifteen === undefined
        ? null
        : { '1min': one, '5min': five, '15min': fifteen },
    trend: loadDirection(cpu.loadAverage),
  };
}

/** The kernel keeps three averages of the load: the newest against the longest says where it is going. */
function loadDirection(loadAverage: HostCpu['loadAverage']): TrendDirection {
  if (!loadAverage) return 'insufficient_data';
  const [lastMinute, , lastQuarter] = loadAverage;
  const change = lastMinute - lastQuarter;
  if (Math.abs(change) <= Math.max(LOAD_NOISE, LOAD_NOISE * lastQuarter)) return 'stable';
  return change > 0 ? 'increasing' : 'decreasing';
}
