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

export interface SamplerOptions {
  /** Mean allocated bytes between two samples. */
  readonly sampleBytes: Bytes;
  readonly keepInlining: boolean;
  readonly beforeApplication: boolean;
}

export interface Sampler {
  readonly state: SamplerState;
  stop(): void;
}

/** Frames kept of a stack: enough to find the request that allocates, and the tree stays small. */
const STACK_DEPTH = 64;

export function startSampler({ sampleBytes, keepInlining, beforeApplication }: SamplerOptions): Sampler {
  const native = loadNativeSampler();
  if (!('missing' in native) && native.isRunning()) return { state: { kind: 'foreign' }, stop: () => {} };
  const allowInlining = keepInlining ? () => {} : disableInlining();
  const common = { sampleBytes, stackDepth: STACK_DEPTH, inlining: keepInlining };
  if ('missing' in native)
    return { state: { kind: 'inspector', reason: native.missing, ...common }, stop: allowInlining };
  native.start(sampleBytes, STACK_DEPTH);
  return {
    state: { kind: 'native', beforeApplication, ...common },
    stop: () => {
      native.stop();
      allowInlining();
    },
  };
}
