// What the table remembers of a process from one scan to the next: its open files, its name and command line, and its processor
// time as it was, for the rate. Whatever is known was sampled in the scan before: the table forgets everything else.
import { join } from 'node:path';
import type { ProcessSample } from '../model/index.ts';
import type { Bytes, Percent, Seconds } from '../units/index.ts';
import { type FileKeeper, KeptFile } from './kept-files.ts';
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
  /** Counts scans. */
  readonly number: number;
  /** Since the scan before, by monotonic time. */
  readonly elapsedSeconds: Seconds;
  readonly files: FileKeeper;
  readonly units: KernelUnits;
  readonly bootAtSeconds: Seconds;
  readonly totalMemoryBytes: Bytes;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** The kernel cuts names here (TASK_COMM_LEN less its NUL). */
const LONGEST_NAME_BYTES = 15;

/** What Node.js has called its main thread, and so the process, since version 23: of a hundred services it names none. */
const NODE_MAIN_THREAD = 'MainThread';

/** Numbers and nothing else, so that what a scan leaves in thousands of objects is not the garbage collector's to follow. */
const NONE = -1;

const decoder = new TextDecoder();

export class KnownProcess {
  readonly #pid: number;
  readonly #commandPath: string;
  readonly #stat: KeptFile;
  readonly #statm: KeptFile;
  #startTicks = NONE;
  /** As the kernel has it, a character for each byte: cheap to compare with bytes. */
  #kernelName = '';
  #name = '';
  #command = '';
  /** As they were in the scan before; negative in the first. */
  #cpuTicks = NONE;
  #scanNumber = NONE;

  constructor(procRoot: string, pid: number) {
    const folder = join(procRoot, String(pid));
    this.#pid = pid;
    this.#commandPath = join(folder, 'cmdline');
    this.#stat = new KeptFile(join(folder, 'stat'));
    this.#statm = new KeptFile(join(folder, 'statm'));
  }

  /**
   * Reads the process anew.
   * @throws what opening or reading its files does (ESRCH: it died), and ParseError where they make no sense.
   */
  sample(scan: ScanContext): ProcessSample {
    this.#scanNumber = scan.number;
    const stat = parsePidStat(scan.files.buffer, scan.files.read(this.#stat));
    if (stat.startTicks !== this.#startTicks) this.#startOver(stat.startTicks);
    const renamed = this.#takeName(stat, scan.files.buffer);
    const { sizePages, residentPages } = parsePidStatm(scan.files.buffer, scan.files.read(this.#statm));
    // Without an address space (kernel threads, zombies) there is no command line. An empty one of a process that has an
    // address space was read while it was being started.
    if (sizePages > 0 && (renamed || this.#command === '')) this.#readCommand(scan.files);
    return this.#toSample(stat, sizePages * scan.units.pageBytes, residentPages * scan.units.pageBytes, scan);
  }

  /** Whether this was the last scan it was sampled in. */
  isIn(scan: ScanContext): boolean {
    return this.#scanNumber === scan.number;
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
    this.#kernelName = '';
    this.#name = '';
    this.#command = '';
    this.#cpuTicks = NONE;
  }

  /** A name that changed tells of an exec. */
  #takeName({ nameStart, nameEnd }: PidStat, bytes: Buffer): boolean {
    if (isText(this.#kernelName, bytes, nameStart, nameEnd)) return false;
    this.#kernelName = bytes.toString('latin1', nameStart, nameEnd);
    this.#name = bytes.toString('utf8', nameStart, nameEnd);
    return true;
  }

  #readCommand(files: FileKeeper): void {
    const bytes = files.buffer.subarray(0, readCommandBytes(files, this.#commandPath));
    this.#command = parseCommand(bytes);
    if (this.#kernelName === NODE_MAIN_THREAD) this.#name = decoder.decode(programName(bytes)) || this.#name;
    if (this.#kernelName.length < LONGEST_NAME_BYTES) return;
    const longer = programName(bytes);
    const isCut = isText(this.#kernelName, longer, 0, Math.min(longer.length, this.#kernelName.length));
    if (isCut) this.#name = decoder.decode(longer);
  }

  /** Of one processor, since the scan before; undefined in the first, and where no time passed. */
  #cpuPercent(ticks: number, { units, elapsedSeconds }: ScanContext): Percent | undefined {
    const earlierTicks = this.#cpuTicks;
    this.#cpuTicks = ticks;
    if (earlierTicks === NONE || elapsedSeconds <= 0) return undefined;
    return (Math.max(0, ticks - earlierTicks) / units.ticksPerSecond / elapsedSeconds) * 100;
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

/** Whether the bytes from `start` to `end` are the text's characters. */
function isText(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) !== bytes[start + at]) return false;
  }
  return true;
}
