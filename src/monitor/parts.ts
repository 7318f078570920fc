// What the engine is made of. Each part is built and tested in its own room; the engine only knows these sides of them, so
// that a test can put something else in a part's place.
import type { History } from '../history/history.ts';
import type { HeapSample, HostSample, ProcessMemoryMap, ProcessTableScan } from '../model/index.ts';
import type { Bytes, Seconds } from '../units/index.ts';
import type { ProcessProfiler } from './attached/process-profiler.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { PreviousRun } from './monitor.ts';
import type { OwnRun } from './previous-run/own-run.ts';
import type { SnapshotFolder, WatchedSampler } from './profiling/index.ts';
import type { SelfSource } from './self-measurement.ts';
import type { WorkerThreadSource } from './threads/source.ts';

export interface HostSource {
  sample(): HostSample;
  close(): void;
}

export interface ProcessSource {
  scan(totalMemoryBytes: Bytes): ProcessTableScan;
  close(): void;
}

/** The heap of the process that the engine watches as its own, as new as it can be had. */
export interface HeapSource {
  /** `staleSeconds`: figures older than this are asked anew where that is possible. */
  read(staleSeconds?: Seconds): Promise<HeapSample | undefined>;
  /** The heap in use, no longer ago than that; undefined where it does not answer. */
  usedBytes?(ageSeconds: Seconds): Promise<Bytes | undefined>;
  /** HTTP requests that the process has finished; absent where they cannot be seen. */
  requestsTotal?(): number | undefined;
}

export interface EngineParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly host: HostSource;
  readonly processes: ProcessSource;
  readonly heap: HeapSource;
  /** Absent in the agent, whose only other threads are its own. */
  readonly workerThreads?: WorkerThreadSource;
  /** The thread whose allocations can be sampled; absent where there is none. */
  readonly allocations?: WatchedSampler;
  /** Where allocation snapshots outlive a restart; absent without a store. */
  readonly snapshotFolder?: SnapshotFolder;
  /** Of the watched program, where it died. */
  readonly previousRun?: PreviousRun;
  /** The evidence for the next run, where there is a place for it. */
  readonly ownRun?: OwnRun;
  /** Absent inside a service: it watches itself alone. */
  readonly processProfiler?: ProcessProfiler;
  readonly self: SelfSource;
  readonly history: History;
  /** Undefined where the kernel does not say, or the process is gone. */
  readonly memoryMap: (pid: number) => ProcessMemoryMap | undefined;
}
