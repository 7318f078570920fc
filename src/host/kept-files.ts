// Kept-open descriptors. Reading a proc file again at position 0 saves finding it by its path, which is most of what opening
// costs. A descriptor below /proc/[pid] belongs to that process for good: after its death it answers ESRCH, even when the pid
// has been given away again, and those of stat and statm survive exec.
//
// Descriptors are scarce, and in a service they are the service's: there is a budget, past which files are opened, read and
// closed. Where the process runs out of them all the same (EMFILE), half of the kept ones are given back, for good.
import { closeSync, openSync, readSync } from 'node:fs';
import { errorCode } from './procfs/index.ts';

/** More than any stat, statm or command line that is read needs: the kernel prints at most some 400 bytes of stat. */
const BUFFER_BYTES = 4096;

const CLOSED = -1;

/** A file that may be kept open between readings. */
export class KeptFile {
  readonly path: string;
  /** For the keeper. Always there, and always a number: thousands of these are read in every scan. */
  descriptor = CLOSED;

  constructor(path: string) {
    this.path = path;
  }

  get isOpen(): boolean {
    return this.descriptor !== CLOSED;
  }
}

export class FileKeeper {
  /** Holds what the newest reading gave, until the next. */
  readonly buffer: Buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  readonly #open = new Set<KeptFile>();
  #budget: number;

  /** Keeps at most `budget` descriptors open. */
  constructor(budget: number) {
    this.#budget = budget;
  }

  /** Reads into the buffer and keeps the file open, budget permitting. Returns how many bytes there were. */
  read(file: KeptFile): number {
    if (file.isOpen) return this.#fill(file.descriptor);
    const descriptor = this.withRoom(() => openSync(file.path, 'r'));
    let keep = false;
    try {
      const length = this.#fill(descriptor);
      keep = this.#open.size < this.#budget;
      return length;
    } finally {
      if (keep) this.#keep(file, descriptor);
      else closeSync(descriptor);
    }
  }

  /** Reads into the buffer, whatever of the file fits, and keeps nothing. */
  readOnce(path: string): number {
    const descriptor = this.withRoom(() => openSync(path, 'r'));
    try {
      return this.#fill(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  /** Does something that needs a descriptor, and makes room for it when there is none left. */
  withRoom<T>(action: () => T): T {
    for (;;) {
      try {
        return action();
      } catch (error) {
        const exhausted = errorCode(error) === 'EMFILE' || errorCode(error) === 'ENFILE';
        if (!exhausted || this.#open.size === 0) throw error;
        this.#giveBackHalf();
      }
    }
  }

  release(file: KeptFile): void {
    if (!file.isOpen) return;
    closeSync(file.descriptor);
    file.descriptor = CLOSED;
    this.#open.delete(file);
  }

  releaseAll(): void {
    for (const file of this.#open) this.release(file);
  }

  #fill(descriptor: number): number {
    return readSync(descriptor, this.buffer, 0, BUFFER_BYTES, 0);
  }

  #keep(file: KeptFile, descriptor: number): void {
    file.descriptor = descriptor;
    this.#open.add(file);
  }

  #giveBackHalf(): void {
    this.#budget = Math.floor(this.#open.size / 2);
    for (const file of this.#open) {
      if (this.#open.size <= this.#budget) return;
      this.release(file);
    }
  }
}
