// Whether the application's worker threads are to be sampled, as the main thread says it and changes it while they run. A few
// numbers in shared memory: each thread looks at them once a second, so that nobody has to be told, and a thread that is busy
// follows when it has time.
import { DEFAULT_STACK_DEPTH, type SamplerState } from '../../heap/sampler/sampler.ts';

export interface SamplingWish {
  /** A greater one: whatever ran before is to end first. */
  readonly generation: number;
  /** Frames kept of a stack; absent: nothing is to be sampled. */
  readonly stackDepth?: number;
}

const GENERATION = 0;
/** 0: nothing is to be sampled. */
const STACK_DEPTH = 1;

export function createSamplingWish(): SharedArrayBuffer {
  return new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
}

/** The worker threads are to be sampled as the main thread is. */
export function wishSampling(memory: SharedArrayBuffer, state: SamplerState | undefined): void {
  const numbers = new Int32Array(memory);
  const depth = state && state.kind !== 'foreign' ? state.stackDepth : DEFAULT_STACK_DEPTH;
  Atomics.store(numbers, STACK_DEPTH, state ? depth : 0);
  Atomics.add(numbers, GENERATION, 1);
}

export function readSamplingWish(memory: SharedArrayBuffer): SamplingWish {
  const numbers = new Int32Array(memory);
  const generation = Atomics.load(numbers, GENERATION);
  const stackDepth = Atomics.load(numbers, STACK_DEPTH);
  return stackDepth === 0 ? { generation } : { generation, stackDepth };
}
