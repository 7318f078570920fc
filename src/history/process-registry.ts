// The processes that samples in memory speak of: each has a small number under which its series are kept. Ordered by when a
// process was last seen, so that those whose last sample has left memory are at the front.
import { type ProcessId, type ProcessKey, processKey } from '../model/index.ts';
import type { ProcessRow } from './sample-row.ts';

export interface RegisteredProcess extends ProcessId {
  readonly number: number;
  readonly name: string;
  readonly command: string;
  readonly firstMs: number;
  readonly lastMs: number;
  /** Counts the samples: a clock may go back, this does not. */
  readonly lastSample: number;
}

export class ProcessRegistry {
  readonly #byKey = new Map<ProcessKey, RegisteredProcess>();
  readonly #byNumber = new Map<number, RegisteredProcess>();
  #nextNumber = 0;

  /** Returns the process's number. */
  see(row: ProcessRow, atMs: number, sample: number): number {
    const key = processKey(row);
    const known = this.#byKey.get(key);
    const process: RegisteredProcess = {
      number: known?.number ?? this.#nextNumber++,
      pid: row.pid,
      startTicks: row.startTicks,
      name: row.name,
      command: row.command,
      firstMs: Math.min(atMs, known?.firstMs ?? atMs),
      lastMs: Math.max(atMs, known?.lastMs ?? atMs),
      lastSample: sample,
    };
    // Deleted first, so that it moves to the end of the Map's order.
    this.#byKey.delete(key);
    this.#byKey.set(key, process);
    this.#byNumber.set(process.number, process);
    return process.number;
  }

  find(id: ProcessId): RegisteredProcess | undefined {
    return this.#byKey.get(processKey(id));
  }

  byNumber(number: number): RegisteredProcess | undefined {
    return this.#byNumber.get(number);
  }

  all(): readonly RegisteredProcess[] {
    return [...this.#byKey.values()];
  }

  forgetSeenBefore(sample: number): void {
    for (const [key, process] of this.#byKey) {
      if (process.lastSample >= sample) return;
      this.#byKey.delete(key);
      this.#byNumber.delete(process.number);
    }
  }
}
