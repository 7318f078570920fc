// tracemalloc's start, stop and clear_traces for the sampler of this thread, at any time of its life. Starting one that runs
// changes nothing, its stack depth included; stopping one forgets what it saw; clearing is a stop and a start, for V8 has no
// other. What another profiler runs is left alone: V8 has one sampler a thread, and stopping it would take it from them.
import { type Sampler, type SamplerOptions, type SamplerState, startSampler } from './sampler.ts';

/** tracemalloc's `nframe`: frames that a stack may keep. V8 keeps what it is asked for; this bounds the tree. */
export const STACK_DEPTH_RANGE = { min: 1, max: 128 } as const;

/** A plain record: it crosses between threads. */
export type SamplerOrder =
  | { readonly kind: 'start'; readonly stackDepth?: number | undefined }
  | { readonly kind: 'stop' }
  | { readonly kind: 'clear' };

export type SamplerAnswer =
  /** The sampler that runs now; absent when none does. */
  | { readonly kind: 'switched' | 'unchanged'; readonly sampler?: SamplerState }
  /** Another profiler runs it. */
  | { readonly kind: 'foreign' };

export interface SamplerSwitch {
  /** Undefined while nothing is sampled. */
  state(): SamplerState | undefined;
  carryOut(order: SamplerOrder): SamplerAnswer;
  /** Ends the sampler for good, if it is ours. */
  close(): void;
}

export interface SwitchOptions extends Omit<SamplerOptions, 'beforeApplication' | 'stackDepth'> {
  /** Of each sampler that an order starts. */
  readonly onStart?: (sampler: Sampler) => void;
}

/** `initial`: a sampler that runs already. */
export function createSamplerSwitch(options: SwitchOptions, initial?: Sampler): SamplerSwitch {
  let running = initial;
  const start = (stackDepth: number | undefined): SamplerAnswer => {
    if (running?.isRunning()) return { kind: 'unchanged', sampler: running.state };
    // Another profiler has ended it: what it left behind goes too.
    running?.stop();
    running = startSampler({ ...options, stackDepth, beforeApplication: false });
    options.onStart?.(running);
    return { kind: 'switched', sampler: running.state };
  };
  const stop = (): SamplerAnswer => {
    if (running?.state.kind === 'foreign') return { kind: 'foreign' };
    const kind = running ? 'switched' : 'unchanged';
    running?.stop();
    running = undefined;
    return { kind };
  };
  const clear = (): SamplerAnswer => {
    const depth = depthOf(running?.state);
    const stopped = stop();
    return stopped.kind === 'switched' ? start(depth) : stopped;
  };
  return {
    state: () => running?.state,
    carryOut(order) {
      switch (order.kind) {
        case 'start':
          return start(order.stackDepth);
        case 'stop':
          return stop();
        case 'clear':
          return clear();
      }
    },
    close: () => running?.stop(),
  };
}

function depthOf(state: SamplerState | undefined): number | undefined {
  return state && state.kind !== 'foreign' ? state.stackDepth : undefined;
}
