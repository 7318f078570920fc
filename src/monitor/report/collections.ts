// Collections for the sake of a report. A run of a minute is judged by what its collections leave, and left alone V8 may not collect
// once in that time: what is garbage would look like a leak, and the growing sites with it. So the watched thread is asked for
// collections, as long as they pause it for no more than a small share of the time.
import type { HeapSample } from '../../model/index.ts';
import type { Seconds } from '../../units/index.ts';

export interface Collectors {
  /** Asks the watched thread for a major collection; answers when it has come, which is late while that thread is busy. */
  readonly watched: () => Promise<void>;
  /** Collects the monitor's own garbage, which is in the same RSS. */
  readonly own: () => void;
}

/** Twice the sample interval of a report. */
const LEAST_SPACING_SECONDS: Seconds = 1;
/** Pauses take at most 2 % of the time. */
const REST_PER_PAUSE = 50;
/** The monitor's own thread makes a few MB of garbage a second while it samples twice a second. */
const OWN_SPACING_SECONDS: Seconds = 3;

/** Answers what to call at each sample. */
export function createReportCollections(collectors: Collectors): (heap: HeapSample | undefined) => void {
  let askedAt = Number.NEGATIVE_INFINITY;
  let waiting = false;
  let ownAt = Number.NEGATIVE_INFINITY;
  return (heap) => {
    if (heap === undefined) return;
    const { atSeconds, floorAtSeconds = Number.NEGATIVE_INFINITY } = heap;
    if (!waiting && atSeconds - Math.max(askedAt, floorAtSeconds) >= spacingOf(heap)) {
      askedAt = atSeconds;
      waiting = true;
      void collectors.watched().then(() => {
        waiting = false;
      });
    }
    if (atSeconds - ownAt < OWN_SPACING_SECONDS) return;
    ownAt = atSeconds;
    collectors.own();
  };
}

function spacingOf({ gc: { major } }: HeapSample): Seconds {
  const meanPause = major.count > 0 ? major.seconds / major.count : 0;
  return Math.max(LEAST_SPACING_SECONDS, REST_PER_PAUSE * meanPause);
}
