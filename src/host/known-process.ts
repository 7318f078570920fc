// What the table remembers of a process between scans: its open files, its name and command line, and its processor time as
// it was, for the rate.
import { join } from 'node:path';
import type { ProcessSample } from '../model/index.ts';
import type { Bytes, Percent, Seconds } from '../units/index.ts';
import type { FileKeeper, KeptFile } from './kept-files.ts';
import {
  type KernelUnits,
  type PidStat,
  parseCommand,
  parsePidStat,
  parsePidStatm,
  programName,
} from './procfs/index.ts';

/** One scan, as each of its processes needs to know it. */
export interface ScanContext {
  readonly files: FileKeeper;
  readonly units: KernelUnits;
  readonly bootAtSeconds: Seconds;
  readonly monotonicSeconds: Seconds;
  readonly totalMemoryBytes: Bytes;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

interface CpuReading {
  readonly ticks: number;
  readonly monotonicSeconds: Seconds;
}

/** The kernel cuts names here (TASK_COMM_LEN less its NUL). */
const LONGEST_NAME_BYTES = 15;

const decoder = new TextDecoder();

export class KnownProcess {
  readonly #pid: number;
  readonly #commandPath: string;
  readonly #stat: KeptFile;
  readonly #statm: KeptFile;
  #startTicks = -1;
  #nameBytes: Uint8Array = new Uint8Array();
  #name = '';
  #command = '';
  #earlier: CpuReading | undefined;

  constructor(procRoot: string, pid: number) {
    const folder = join(procRoot, String(pid));
    this.#pid = pid;
    this.#commandPath = join(folder, 'cmdline');
    this.#stat = { path: join(folder, 'stat') };
    this.#statm = { path: join(folder, 'statm') };
  }

  /**
   * Reads the process anew.
   * @throws what opening or reading its files does (ESRCH: it died), and ParseError where they make no sense.
   */
  sample(scan: ScanContext): ProcessSample {
    const stat = parsePidStat(scan.files.buffer, scan.files.read(this.#stat));
    if (stat.startTicks !== this.#startTicks) this.#startOver(stat.startTicks);
    const renamed = this.#takeName(stat, scan.files.buffer);
    const { sizePages, residentPages } = parsePidStatm(scan.files.buffer, scan.files.read(this.#statm));
    // Without an address space (kernel threads, zombies) there is no command line. An empty one of a process that has an
    // address space was read while it was being started.
    if (sizePages > 0 && (renamed || this.#command === '')) this.#readCommand(scan.files);
    return this.#toSample(stat, sizePages * scan.units.pageBytes, residentPages * scan.units.pageBytes, scan);
  }

  release(files: FileKeeper): void {
    files.release(this.#stat);
    files.release(this.#statm);
  }

  #toSample(stat: PidStat, vmsBytes: Bytes, rssBytes: Bytes, scan: ScanContext): ProcessSample {
    const cpuPercent = this.#cpuPercent(stat.cpuTicks, scan);
    const sample: Writable<ProcessSample> = {
      pid: this.#pid,
      startTicks: stat.startTicks,
      parentPid: stat.parentPid,
      name: this.#name,
      command: this.#command,
      state: stat.state,
      startedAtSeconds: scan.bootAtSeconds + stat.startTicks / scan.units.ticksPerSecond,
      rssBytes,
      vmsBytes,
      cpuSeconds: stat.cpuTicks / scan.units.ticksPerSecond,
      threads: stat.threads,
      memoryPercent: scan.totalMemoryBytes > 0 ? (rssBytes / scan.totalMemoryBytes) * 100 : 0,
    };
    // Set afterwards rather than spread: this runs for every process in every scan.
    if (cpuPercent !== undefined) sample.cpuPercent = cpuPercent;
    return sample;
  }

  /** Another process under the same pid: nothing that was known holds. */
  #startOver(startTicks: number): void {
    this.#startTicks = startTicks;
    this.#nameBytes = new Uint8Array();
    this.#name = '';
    this.#command = '';
    this.#earlier = undefined;
  }

  /** A name that changed tells of an exec. */
  #takeName({ nameStart, nameEnd }: PidStat, bytes: Uint8Array): boolean {
    if (sameBytes(this.#nameBytes, bytes, nameStart, nameEnd)) return false;
    // A copy: the buffer is filled again at once, and a Buffer's slice() would be a view of it.
    this.#nameBytes = new Uint8Array(bytes.subarray(nameStart, nameEnd));
    this.#name = decoder.decode(this.#nameBytes);
    return true;
  }

  #readCommand(files: FileKeeper): void {
    const bytes = files.buffer.subarray(0, readCommandBytes(files, this.#commandPath));
    this.#command = parseCommand(bytes);
    if (this.#nameBytes.length < LONGEST_NAME_BYTES) return;
    const longer = programName(bytes);
    const cut = sameBytes(this.#nameBytes, longer, 0, Math.min(longer.length, this.#nameBytes.length));
    if (cut) this.#name = decoder.decode(longer);
  }

  /** Of one processor, since the previous scan; undefined in the first, and where no time passed. */
  #cpuPercent(ticks: number, { units, monotonicSeconds }: ScanContext): Percent | undefined {
    const earlier = this.#earlier;
    this.#earlier = { ticks, monotonicSeconds };
    const elapsedSeconds = earlier ? monotonicSeconds - earlier.monotonicSeconds : 0;
    if (!earlier || elapsedSeconds <= 0) return undefined;
    return (Math.max(0, ticks - earlier.ticks) / units.ticksPerSecond / elapsedSeconds) * 100;
  }
}

/** What cannot be read is empty: some systems show command lines to their owners only. */
function readCommandBytes(files: FileKeeper, path: string): number {
  try {
    return files.readOnce(path);
  } catch {
    return 0;
  }
}

function sameBytes(wanted: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (wanted.length !== end - start) return false;
  for (let at = 0; at < wanted.length; at += 1) {
    if (wanted[at] !== bytes[start + at]) return false;
  }
  return true;
}
