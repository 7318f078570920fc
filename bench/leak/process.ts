// A simulated Node.js process: a live set with a garbage sawtooth on it, major collections that leave a noisy floor, and an RSS
// that follows the heap up at once and down slowly. The classes say only what the live set, the load and native memory do.
import { autoregression, type Random } from './random.ts';

export const STEP_SECONDS = 10;

/** What a class decides; every array has one value a step. Bytes are relative to a base level of 1. */
export interface Shape {
  readonly live: Float64Array;
  readonly native?: Float64Array;
  readonly load?: Float64Array;
  /** Steps at which the process starts anew. */
  readonly restarts?: readonly number[];
  /** Standard deviation of the floor's noise; native memory has it too when `noisyNative`. */
  readonly noise: number;
  readonly noisyNative?: boolean;
  /** Mean steps between major collections. */
  readonly collectionSteps: number;
  /** Garbage between two collections. */
  readonly garbage: number;
}

export interface Trace {
  readonly t: Float64Array;
  readonly heapUsedAfterGc?: Float64Array;
  readonly heapUsed?: Float64Array;
  readonly rss?: Float64Array;
  readonly requestsPerSecond?: Float64Array;
  readonly limit?: number;
}

export type Columns = 'all' | 'no-load' | 'rss' | 'heap-used' | 'floor';

export function simulate(random: Random, shape: Shape, columns: Columns): Trace {
  const length = shape.live.length;
  const base = random.scale(40e6, 1.5e9);
  const heap = simulateHeap(random, shape, base);
  const rss = simulateRss(random, shape, heap.used, base);
  const t = Float64Array.from({ length }, (_, index) => index * STEP_SECONDS);
  const peak = rss.reduce((most, value) => Math.max(most, value), 0);
  const limit = Math.round(peak * random.between(1.2, 3));
  const load = shape.load;
  switch (columns) {
    case 'all':
      return {
        t,
        heapUsedAfterGc: heap.floor,
        heapUsed: heap.used,
        rss,
        limit,
        ...(load && { requestsPerSecond: load }),
      };
    case 'no-load':
      return { t, heapUsedAfterGc: heap.floor, heapUsed: heap.used, rss, limit };
    case 'rss':
      return { t, rss, limit };
    case 'heap-used':
      return { t, heapUsed: heap.used };
    case 'floor':
      return { t, heapUsedAfterGc: heap.floor };
  }
}

function simulateHeap(random: Random, shape: Shape, base: number) {
  const { live, noise, collectionSteps, garbage } = shape;
  const floor = new Float64Array(live.length);
  const used = new Float64Array(live.length);
  const restarts = new Set(shape.restarts ?? []);
  const noiseMemory = random.pick([0.3, 1, 2]);
  let disturbance = random.normal();
  let collected = 0;
  let filled = 0;
  // No two cycles are alike: the collector starts sooner or later, and what is allocated varies from step to step.
  const unevenness = random.between(0.05, 0.4);
  const flicker = random.between(0, 0.12) * garbage;
  let trigger = garbage;
  for (let index = 0; index < live.length; index++) {
    const level = live[index] ?? 0;
    filled += (garbage / collectionSteps) * random.between(0.5, 1.5);
    if (index === 0 || restarts.has(index) || filled >= trigger) {
      const keep = Math.exp(-1 / noiseMemory);
      disturbance = keep * disturbance + Math.sqrt(1 - keep * keep) * random.normal();
      collected = Math.max(0.01, level + noise * disturbance);
      filled = 0;
      trigger = garbage * Math.exp(unevenness * random.normal());
    }
    floor[index] = Math.round(collected * base);
    used[index] = Math.round(Math.max(collected, level * 0.97 + filled + flicker * random.normal()) * base);
  }
  return { floor, used };
}

function simulateRss(random: Random, shape: Shape, used: Float64Array, base: number): Float64Array {
  const overhead = random.between(0.15, 0.5);
  const giveBack = random.scale(0.002, 0.02);
  const wobble = autoregression(random, used.length, 6);
  const nativeNoise = shape.noisyNative === true ? shape.noise : 0.004;
  const restarts = new Set(shape.restarts ?? []);
  let resident = (used[0] ?? 0) / base;
  return used.map((bytes, index) => {
    const heap = bytes / base;
    resident = restarts.has(index) || heap > resident ? heap : resident + giveBack * (heap - resident);
    const native = shape.native?.[index] ?? 0;
    return Math.round((resident * 1.05 + overhead + native + nativeNoise * (wobble[index] ?? 0)) * base);
  });
}
