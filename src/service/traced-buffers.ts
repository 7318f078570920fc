// The ledger of buffers goes with the sampler: it is there while allocations are traced, and begins anew when they are cleared.
import { type BufferReport, type BufferWatch, type SamplerAnswer, watchBuffers } from '../heap/index.ts';
import type { Seconds } from '../units/index.ts';

export interface TracedBuffers {
  /** Tracing has begun, ended or been cleared. */
  follow(answer: SamplerAnswer): void;
  stop(): void;
}

export interface TracedBuffersOptions {
  /** Whether buffers are to be attributed at all. */
  readonly wanted: boolean;
  readonly wallSeconds: () => Seconds;
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
      if (answer.sampler) watch = watchBuffers(options);
    },
    stop,
  };
}
