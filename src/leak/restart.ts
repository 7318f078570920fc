// A restart shows as a drop: from one sample to the next, far beyond what the series does otherwise, and back to about where the
// life began. Only differences are compared, so a constant added to the series changes nothing.
import type { Bytes } from '../units/index.ts';
import type { SeriesSample } from './sample.ts';

export interface RestartDetector {
  /** True when this sample is the first of a new life. */
  add(sample: SeriesSample): boolean;
}

/** Of a series that is known to be one process. */
export const ONE_LIFE: RestartDetector = { add: () => false };

/** Of the way back to the life's first value. */
const MOST_LEFT = 0.35;
/** Times the mean step between neighbours. */
const LEAST_DROP_IN_STEPS = 6;
const LEAST_SAMPLES_IN_LIFE = 8;

/** RSS falls slowly while a process lives, so it is the best witness; else the floor after collections. */
const witness = (sample: SeriesSample): Bytes | undefined => sample.rssBytes ?? sample.heapFloorBytes;

export function createRestartDetector(): RestartDetector {
  let first: Bytes | undefined;
  let previous: Bytes | undefined;
  let steps = 0;
  let stepSum = 0;
  return {
    add(sample) {
      const value = witness(sample);
      if (value === undefined) return false;
      const drop = previous === undefined ? 0 : previous - value;
      const restarted =
        first !== undefined &&
        previous !== undefined &&
        steps >= LEAST_SAMPLES_IN_LIFE &&
        drop > LEAST_DROP_IN_STEPS * (stepSum / steps) &&
        value - first < MOST_LEFT * (previous - first);
      if (restarted || first === undefined) {
        first = value;
        steps = 0;
        stepSum = 0;
      } else {
        steps += 1;
        stepSum += Math.abs(drop);
      }
      previous = value;
      return restarted;
    },
  };
}
