// Starts V8's allocation sampler on this thread, and says how it was started: what a reading costs, and what it can be
// believed for, depends on that. A sampler that somebody else runs (another profiler in the process) is read, never started
// over and never ended.
import type { Bytes } from '../../units/index.ts';
import { disableInlining } from './inlining.ts';
import { loadNativeSampler } from './native-sampler.ts';

/** A plain record: it crosses to the monitor's thread. */
export type SamplerState =
  | {
      readonly kind: 'native';
      readonly sampleBytes: Bytes;
      readonly stackDepth: number;
      /** False: what was allocated before the start never shows. */
      readonly beforeApplication: boolean;
      readonly inlining: boolean;
    }
  /** Another profiler started it: its interval is not known. */
  | { readonly kind: 'foreign' }
  /** The native part is missing: the reader has to start V8's sampler through the inspector. */
  | {
      readonly kind: 'inspector';
      readonly reason: string;
      readonly sampleBytes: Bytes;
      readonly stackDepth: number;
      readonly inlining: boolean;
    };

/**
 * Whether V8 copies functions into their callers, who are then billed for what they allocate. `off`: it copies none, Node.js's own
 * included. `padded`: it could, but the application's functions are padded, and those it leaves (see padding/).
 */
export type Inlining = 'kept' | 'off' | 'padded';

export interface SamplerOptions {
  /** Mean allocated bytes between two samples. */
  readonly sampleBytes: Bytes;
  readonly inlining: Inlining;
  readonly beforeApplication: boolean;
  /** Frames kept of a stack, from the function that allocates outwards. */
  readonly stackDepth?: number | undefined;
}

export interface Sampler {
  readonly state: SamplerState;
  /** False once somebody else has ended it. */
  isRunning(): boolean;
  /** Has a command given the profile when the heap is full. Absent for a sampler that was not started natively, by us. */
  exportNearLimit?(command: readonly string[]): void;
  stop(): void;
}

/** Enough to find the request that allocates, and the tree stays small. */
export const DEFAULT_STACK_DEPTH = 64;

export function startSampler(options: SamplerOptions): Sampler {
  const { sampleBytes, inlining, beforeApplication, stackDepth = DEFAULT_STACK_DEPTH } = options;
  const native = loadNativeSampler();
  if (!('missing' in native) && native.isRunning())
    return { state: { kind: 'foreign' }, isRunning: native.isRunning, stop: () => {} };
  const allowInlining = inlining === 'off' ? disableInlining() : () => {};
  const common = { sampleBytes, stackDepth, inlining: inlining === 'kept' };
  if ('missing' in native) {
    const state: SamplerState = { kind: 'inspector', reason: native.missing, ...common };
    // Only the session that started it could tell.
    return { state, isRunning: () => true, stop: allowInlining };
  }
  native.start(sampleBytes, stackDepth);
  return {
    state: { kind: 'native', beforeApplication, ...common },
    isRunning: native.isRunning,
    exportNearLimit: native.exportNearLimit,
    stop: () => {
      native.stop();
      allowInlining();
    },
  };
}
