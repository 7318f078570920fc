// Attributes this thread's buffers to the code that allocates them, from now on, and reports every second what has changed.
import type { Bytes, Seconds } from '../../units/index.ts';
import type { BufferSiteChange } from './buffer-site-table.ts';
import { ByteSampler } from './byte-sampler.ts';
import { callerFrames, canReadCallStacks } from './call-stack.ts';
import { hookBufferFunctions } from './hooks/buffer-functions.ts';
import { hookConstructors } from './hooks/constructors.ts';
import { hookMoves } from './hooks/moves.ts';
import { BufferLedger } from './ledger.ts';

/** A plain record: it crosses to the monitor's thread. */
export interface BufferReport {
  /** The first of a watch: whatever was reported before is void. */
  readonly first: boolean;
  readonly atSeconds: Seconds;
  /** Of all ArrayBuffers and SharedArrayBuffers of the thread, Buffers among them. */
  readonly totalBytes: Bytes;
  /** Buffers of at least this size are attributed exactly, now. */
  readonly intervalBytes: Bytes;
  readonly changes: readonly BufferSiteChange[];
}

export interface BufferWatch {
  /** Takes the hooks out again. */
  stop(): void;
}

export interface BufferWatchOptions {
  readonly wallSeconds: () => Seconds;
  /** Whether a report would reach anybody: what it tells, none tells again. Always, without it. */
  readonly isHeard?: () => boolean;
  readonly onReport: (report: BufferReport) => void;
}

const REPORT_INTERVAL_SECONDS: Seconds = 1;

/** Undefined on a runtime that cannot tell its call stack. */
export function watchBuffers({
  wallSeconds,
  isHeard = () => true,
  onReport,
}: BufferWatchOptions): BufferWatch | undefined {
  if (!canReadCallStacks()) return undefined;
  const sampler = new ByteSampler({
    random: () => 1 - Math.random(),
    monotonicSeconds: () => performance.now() / 1000,
  });
  const ledger = new BufferLedger({ sampler, callerFrames });
  // Bound, it adds no frame to the stacks.
  const note = ledger.note.bind(ledger);
  const undo = [hookConstructors(note), hookBufferFunctions(note), hookMoves(ledger)];
  let first = true;
  const report = (): void => {
    sampler.relax();
    if (!isHeard()) return;
    onReport({
      first,
      atSeconds: wallSeconds(),
      totalBytes: process.memoryUsage().arrayBuffers + ledger.resizableBytes,
      intervalBytes: sampler.intervalBytes,
      changes: ledger.takeChanges(),
    });
    first = false;
  };
  const timer = setInterval(report, REPORT_INTERVAL_SECONDS * 1000);
  timer.unref();
  report();
  return {
    stop() {
      clearInterval(timer);
      for (const each of undo) each();
      ledger.close();
    },
  };
}
