// Processes: a row of the table, a trend, a point of its past.
import type { ProcessMemoryMap, ProcessPoint, ProcessSample } from '../../model/index.ts';
import type { ProcessTrend } from '../../monitor/monitor.ts';
import { formatTime } from '../../units/index.ts';
import type {
  MemoryMap,
  ProcessPoint as ProcessPointWire,
  ProcessRecord,
  ProcessTrend as ProcessTrendWire,
} from '../wire.ts';
import { asIs, field, toMegabytes, toPercent } from './quantity.ts';

/** A command line can be 128 KiB, and a list holds thousands of them. */
const LISTED_COMMAND_CHARACTERS = 1000;

export function presentProcess(process: ProcessSample): ProcessRecord {
  return {
    pid: process.pid,
    start_ticks: process.startTicks,
    name: process.name,
    start_time: formatTime(process.startedAtSeconds),
    parent_pid: process.parentPid,
    command: process.command,
    state: process.state,
    rss_bytes: process.rssBytes,
    vms_bytes: process.vmsBytes,
    cpu_percent: process.cpuPercent === undefined ? null : toPercent(process.cpuPercent),
    cpu_seconds: process.cpuSeconds,
    threads: process.threads,
    memory_percent: toPercent(process.memoryPercent),
  };
}

export function presentListedProcess(process: ProcessSample): ProcessRecord {
  const record = presentProcess(process);
  return record.command.length <= LISTED_COMMAND_CHARACTERS
    ? record
    : { ...record, command: `${record.command.slice(0, LISTED_COMMAND_CHARACTERS - 1)}…` };
}

/** `scanned` is the same process in the newest scan: a trend knows the start in clock ticks alone. */
export function presentProcessTrend(
  trend: ProcessTrend,
  scanned: ProcessSample | undefined,
): ProcessTrendWire {
  return {
    name: trend.name,
    start_ticks: trend.startTicks,
    ...field('start_time', scanned?.startedAtSeconds, formatTime),
    sample_count: trend.sampleCount,
    cpu_avg: toPercent(trend.cpuAverage),
    cpu_max: toPercent(trend.cpuMax),
    cpu_min: toPercent(trend.cpuMin),
    rss_avg_mb: toMegabytes(trend.rssAverageBytes),
    rss_max_mb: toMegabytes(trend.rssMaxBytes),
    rss_min_mb: toMegabytes(trend.rssMinBytes),
    rss_slope_mb_per_hour: toMegabytes(trend.rssTrend.slopePerHour),
    rss_trend: trend.rssTrend.direction,
    first_seen: formatTime(trend.firstSeenSeconds),
    last_seen: formatTime(trend.lastSeenSeconds),
  };
}

export function presentProcessPoint(point: ProcessPoint): ProcessPointWire {
  return {
    timestamp: formatTime(point.atSeconds),
    cpu_percent: toPercent(point.cpuPercent),
    rss_mb: toMegabytes(point.rssBytes),
  };
}

export function presentMemoryMap(map: ProcessMemoryMap): MemoryMap {
  return {
    rss_bytes: map.rssBytes,
    ...field('pss_bytes', map.pssBytes, asIs),
    ...field('uss_bytes', map.ussBytes, asIs),
    ...field('pss_anon_bytes', map.pssAnonBytes, asIs),
    ...field('pss_file_bytes', map.pssFileBytes, asIs),
    ...field('pss_shmem_bytes', map.pssShmemBytes, asIs),
    ...field('swap_bytes', map.swapBytes, asIs),
    ...field('swap_pss_bytes', map.swapPssBytes, asIs),
  };
}
