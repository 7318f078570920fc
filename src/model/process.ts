// A process as one scan of the process table sees it.
import type { Bytes, Percent, Seconds } from '../units/index.ts';

/** A pid is reused; a pid with its start time (clock ticks since boot, stat's field 22) is not. */
export interface ProcessId {
  readonly pid: number;
  readonly startTicks: number;
}

/** `${pid}:${startTicks}`: a ProcessId as a Map's key. */
export type ProcessKey = `${number}:${number}`;

export function processKey({ pid, startTicks }: ProcessId): ProcessKey {
  return `${pid}:${startTicks}`;
}

export interface ProcessSample extends ProcessId {
  readonly parentPid: number;
  /** The kernel's name (comm, at most 15 bytes), lengthened from the command line when that was cut, as psutil does. */
  readonly name: string;
  /** The command line, arguments joined by spaces; empty for kernel threads and where it may not be read. */
  readonly command: string;
  /** One letter: R, S, D, Z, T … */
  readonly state: string;
  readonly startedAtSeconds: Seconds;
  /** Out of statm: exact, where stat's field 24 is an approximation on current kernels. */
  readonly rssBytes: Bytes;
  readonly vmsBytes: Bytes;
  /** User and system time since the process started. */
  readonly cpuSeconds: Seconds;
  /** Of one processor, since the previous scan (so up to 100 × processors); absent in a process's first scan. */
  readonly cpuPercent?: Percent;
  readonly threads: number;
  /** RSS as a share of the host's memory, unrounded. */
  readonly memoryPercent: Percent;
}

/** Out of smaps_rollup, on demand: it walks page tables and costs about 30 ms per GiB of RSS. */
export interface ProcessMemoryMap {
  readonly rssBytes: Bytes;
  readonly pssBytes?: Bytes;
  readonly ussBytes?: Bytes;
  readonly pssAnonBytes?: Bytes;
  readonly pssFileBytes?: Bytes;
  readonly pssShmemBytes?: Bytes;
  readonly swapBytes?: Bytes;
  readonly swapPssBytes?: Bytes;
}

/** One point of a tracked process's history. */
export interface ProcessPoint {
  readonly atSeconds: Seconds;
  readonly rssBytes: Bytes;
  readonly cpuPercent: Percent;
}

export interface ProcessTableScan {
  readonly atSeconds: Seconds;
  readonly durationSeconds: Seconds;
  readonly processes: readonly ProcessSample[];
  /** Seen in the directory, but gone or denied before they were read. */
  readonly vanished: number;
  readonly denied: number;
  /** Their files made no sense. */
  readonly malformed: number;
}
