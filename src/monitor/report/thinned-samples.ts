// The whole of a run in bounded memory: when there are too many samples every second one goes, and from then on only every second
// new one is kept. What judges them counts in samples, so that a thinned series is judged as one that was sampled less often.
import type { RecordedSample } from './run-record.ts';

/** Ten minutes at two samples a second; a record of them is about 60 KiB. */
const MOST_SAMPLES = 1200;

export interface ThinnedSamples {
  add(sample: RecordedSample): void;
  kept(): readonly RecordedSample[];
  taken(): number;
}

export function createThinnedSamples(most: number = MOST_SAMPLES): ThinnedSamples {
  let samples: RecordedSample[] = [];
  let every = 1;
  let taken = 0;
  return {
    add(sample) {
      if (taken % every === 0) samples.push(sample);
      taken += 1;
      if (samples.length <= most) return;
      samples = samples.filter((_, index) => index % 2 === 0);
      every *= 2;
    },
    kept: () => samples,
    taken: () => taken,
  };
}
