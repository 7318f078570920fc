// The ledger of buffers goes with the sampler: it is there while allocations are traced, and begins anew when they are cleared.
import type { BufferReport, BufferWatch, SamplerAnswer } from '../heap/index.ts';
import type { Seconds } from '../units/index.ts';
import { loadPart } from './load-part.ts';

export interface TracedBuffers {
  /** Tracing has begun, ended or been cleared. */
  follow(answer: SamplerAnswer): void;
  stop(): void;
}

export interface TracedBuffersOptions {
  /** Whether buffers are to be attributed at all. */
  readonly wanted: boolean;
  readonly wallSeconds: () => Seconds;
  /** Whether a report would reach anybody: what it tells, none tells again. Always, without it. */
  readonly isHeard?: () => boolean;
  readonly onReport: (report: BufferReport) => void;
}

export function traceBuffers({ wanted, ...options }: TracedBuffersOptions): TracedBuffers {
  let watch: BufferWatch | undefined;
  const stop = (): void => {
    watch?.stop();
    watch = undefined;
  };
  return {
    follow(answer) {
      if (!wanted || answer.kind !== 'switched') return;
      stop();
      if (answer.sampler) watch = bufferLedger().watchBuffers(options);
    },
    stop,
  };
}

const bufferLedger = (): typeof import('../heap/buffers/watch.ts') => loadPart('../heap/buffers/watch');
