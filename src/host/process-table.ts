// The process table: every process, read in one go. Synchronous on purpose: asynchronous reads of these files take more than
// ten times as long. Where an application shares the process, it runs in a worker.
import { readdirSync } from 'node:fs';
import { ParseError, type ProcessSample, type ProcessTableScan } from '../model/index.ts';
import type { Bytes, Seconds } from '../units/index.ts';
import { BootTime } from './boot-time.ts';
import type { ReadingClock } from './clock.ts';
import { descriptorBudget } from './descriptor-budget.ts';
import { FileKeeper } from './kept-files.ts';
import { KnownProcess, type ScanContext } from './known-process.ts';
import { errorCode, type KernelUnits, readKernelUnits } from './procfs/index.ts';

export interface ProcessTableOptions {
  /** Where the kernel's process files are: `/proc`. */
  readonly procRoot: string;
  readonly clock: ReadingClock;
  /** How many files may be kept open between scans; by default a part of what the process may have open. */
  readonly maxDescriptors?: number;
}

export interface ProcessTable {
  /**
   * Every process there is, in no order. Those that vanish, deny access or make no sense are left out and counted. Where
   * there is no process file system the table is empty.
   * @throws the system's error where the table could not be read whole: no descriptor to be had (EMFILE), an I/O error.
   */
  scan(totalMemoryBytes: Bytes): ProcessTableScan;
  /** Closes every descriptor. */
  close(): void;
}

export function createProcessTable(options: ProcessTableOptions): ProcessTable {
  return new KernelProcessTable(options);
}

const [ONE, NINE] = [0x31, 0x39];

type Missed = 'vanished' | 'denied' | 'malformed';

class KernelProcessTable implements ProcessTable {
  readonly #procRoot: string;
  readonly #clock: ReadingClock;
  readonly #files: FileKeeper;
  readonly #bootTime: BootTime;
  readonly #known = new Map<number, KnownProcess>();
  #units: KernelUnits | undefined;
  #scans = 0;
  #previousAt: Seconds = 0;

  constructor({ procRoot, clock, maxDescriptors = descriptorBudget(procRoot) }: ProcessTableOptions) {
    this.#procRoot = procRoot;
    this.#clock = clock;
    this.#files = new FileKeeper(maxDescriptors);
    this.#bootTime = new BootTime(procRoot, clock);
  }

  scan(totalMemoryBytes: Bytes): ProcessTableScan {
    const atSeconds = this.#clock.wallSeconds();
    const startedAt = this.#clock.monotonicSeconds();
    try {
      const processes = this.#scanAll(this.#begin(startedAt, totalMemoryBytes));
      return { atSeconds, durationSeconds: this.#clock.monotonicSeconds() - startedAt, ...processes };
    } catch (error) {
      // Half of the processes were sampled now and half before: no rate would be right.
      this.close();
      throw error;
    }
  }

  close(): void {
    this.#files.releaseAll();
    this.#known.clear();
  }

  #begin(startedAt: Seconds, totalMemoryBytes: Bytes): ScanContext {
    this.#units ??= this.#files.withRoom(() => readKernelUnits(this.#procRoot));
    const bootAtSeconds = this.#files.withRoom(() => this.#bootTime.atSeconds());
    const elapsedSeconds = startedAt - this.#previousAt;
    this.#previousAt = startedAt;
    this.#scans += 1;
    return {
      number: this.#scans,
      elapsedSeconds,
      files: this.#files,
      units: this.#units,
      bootAtSeconds,
      totalMemoryBytes,
    };
  }

  #scanAll(scan: ScanContext): Pick<ProcessTableScan, 'processes' | Missed> {
    const processes: ProcessSample[] = [];
    const missed = { vanished: 0, denied: 0, malformed: 0 };
    for (const pid of this.#files.withRoom(() => listPids(this.#procRoot))) {
      const seen = this.#sample(pid, scan);
      if (typeof seen === 'string') missed[seen] += 1;
      else processes.push(seen);
    }
    this.#dropGone(scan, processes.length);
    return { processes, ...missed };
  }

  #sample(pid: number, scan: ScanContext): ProcessSample | Missed {
    const known = this.#known.get(pid);
    if (!known) return this.#meet(pid, scan);
    try {
      return known.sample(scan);
    } catch (error) {
      this.#forget(pid);
      // It died; but the pid was just listed, so it may have a new owner.
      return missedBy(error) === 'vanished' ? this.#meet(pid, scan) : missedBy(error);
    }
  }

  #meet(pid: number, scan: ScanContext): ProcessSample | Missed {
    const stranger = new KnownProcess(this.#procRoot, pid);
    try {
      const sample = stranger.sample(scan);
      this.#known.set(pid, stranger);
      return sample;
    } catch (error) {
      stranger.release(this.#files);
      return missedBy(error);
    }
  }

  /** Those that are not listed any more were not even tried: an error thrown for each would cost more than many readings. */
  #dropGone(scan: ScanContext, alive: number): void {
    if (this.#known.size === alive) return;
    for (const [pid, known] of this.#known) {
      if (!known.isIn(scan)) this.#forget(pid);
    }
  }

  #forget(pid: number): void {
    this.#known.get(pid)?.release(this.#files);
    this.#known.delete(pid);
  }
}

/** Why a process was missed; what says nothing about the process itself (EMFILE, EIO) is thrown on. */
function missedBy(error: unknown): Missed {
  if (error instanceof ParseError) return 'malformed';
  switch (errorCode(error)) {
    case 'ENOENT':
    case 'ESRCH':
      return 'vanished';
    case 'EACCES':
    case 'EPERM':
      return 'denied';
    default:
      throw error;
  }
}

/** Folders that are named by a number; the first digit tells nearly all others apart. */
function listPids(procRoot: string): readonly number[] {
  const pids: number[] = [];
  for (const name of listNames(procRoot)) {
    const first = name.charCodeAt(0);
    if (first >= ONE && first <= NINE && /^\d+$/.test(name)) pids.push(Number(name));
  }
  return pids;
}

function listNames(procRoot: string): readonly string[] {
  try {
    return readdirSync(procRoot);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
