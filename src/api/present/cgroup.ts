// The control group and its pressure. "No limit" is null on the wire, never a number.
import type { CgroupEvents, CgroupMemory, MemoryLimit, Pressure, PressureLine } from '../../model/index.ts';
import type { Cgroup, Pressure as PressureWire } from '../wire.ts';
import { asIs, field, toMegabytes } from './quantity.ts';

export function presentPressure(pressure: Pressure): PressureWire {
  return { ...field('some', pressure.some, presentLine), ...field('full', pressure.full, presentLine) };
}

function presentLine(line: PressureLine) {
  return {
    avg10: line.avg10Percent,
    avg60: line.avg60Percent,
    avg300: line.avg300Percent,
    total_seconds: line.totalSeconds,
  };
}

export function presentCgroup(cgroup: CgroupMemory): Cgroup {
  return {
    version: cgroup.version,
    path: cgroup.path,
    ...field('usage_mb', cgroup.usageBytes, toMegabytes),
    ...field('working_set_mb', cgroup.workingSetBytes, toMegabytes),
    limit_mb: presentLimit(cgroup.limit),
    ...(cgroup.limit.kind === 'limited' ? { limit_path: cgroup.limit.path } : {}),
    high_mb: presentLimit(cgroup.high),
    ...field('peak_mb', cgroup.peakBytes, toMegabytes),
    ...field('swap_usage_mb', cgroup.swapUsageBytes, toMegabytes),
    swap_limit_mb: presentLimit(cgroup.swapLimit),
    ...field('events', cgroup.events, presentEvents),
    ...field('pressure', cgroup.pressure, presentPressure),
  };
}

function presentLimit(limit: MemoryLimit): number | null {
  return limit.kind === 'limited' ? toMegabytes(limit.bytes) : null;
}

function presentEvents(events: CgroupEvents) {
  return {
    ...field('low', events.low, asIs),
    ...field('high', events.high, asIs),
    ...field('max', events.max, asIs),
    ...field('oom', events.oom, asIs),
    ...field('oom_kill', events.oomKill, asIs),
  };
}
