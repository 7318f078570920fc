// How often a growing heap is looked at, and when what fills it is to be put on disk. With much room a look every two seconds is
// enough; a leak in a tight loop fills a small heap in less than that, so the looks come the faster the less time there can be left,
// by how fast the heap has just been seen to grow. Shares of `heap_size_limit` would not do: it counts the young generation too
// (335 MB for an old space of 128).
import { type Bytes, MIB, type Ratio, type Seconds } from '../../units/index.ts';

export interface HeapLook {
  readonly atSeconds: Seconds;
  readonly usedBytes: Bytes;
}

export interface HeapStep {
  readonly nextAfterSeconds: Seconds;
  /** The heap has passed a mark on its way to the limit. */
  readonly capture: boolean;
}

/** What survives fills V8's heap at up to about 400 MiB a second. */
const MOST_RATE = 512 * MIB;
/** Expected of a heap that stood still: it may begin to grow. */
const LEAST_RATE = 64 * MIB;
/** Growth may become so many times as fast from one look to the next. */
const ACCELERATION = 4;
/** Looks in the time that is left at the expected rate. */
const LOOKS = 2;
/** A look can interrupt the application for up to 2 ms. */
const LEAST_WAIT: Seconds = 0.05;
const MOST_WAIT: Seconds = 2;

/** Each capture replaces the one before it: the nearer to the end, the more it shows. */
const MARKS: readonly Ratio[] = [0.6, 0.75, 0.85, 0.92, 0.97];
/** Garbage comes and goes; below this the way to the limit begins anew. */
const AGAIN_BELOW: Ratio = 0.4;

/** Takes one look after the other; `limitBytes` is of the old space where that is known. */
export function createHeapPace(limitBytes: Bytes): (look: HeapLook) => HeapStep {
  const rateAt = createGrowthRate();
  let passed = 0;
  return (look) => {
    const share = look.usedBytes / limitBytes;
    if (share < AGAIN_BELOW) passed = 0;
    const now = MARKS.filter((mark) => share >= mark).length;
    const capture = now > passed;
    passed = Math.max(passed, now);
    return { nextAfterSeconds: waitFor(limitBytes - look.usedBytes, rateAt(look)), capture };
  };
}

/** Bytes a second; a collection between two looks hides growth, so the rate falls by half at most. */
function createGrowthRate(): (look: HeapLook) => number {
  let before: HeapLook | undefined;
  let rate = 0;
  return (look) => {
    const seconds = before ? look.atSeconds - before.atSeconds : 0;
    const seen = before && seconds > 0 ? (look.usedBytes - before.usedBytes) / seconds : 0;
    rate = Math.max(seen, rate / 2);
    before = look;
    return rate;
  };
}

function waitFor(headroomBytes: Bytes, rate: number): Seconds {
  const expected = Math.min(MOST_RATE, Math.max(LEAST_RATE, ACCELERATION * rate));
  const leftSeconds = Math.max(0, headroomBytes) / expected;
  return Math.min(MOST_WAIT, Math.max(LEAST_WAIT, leftSeconds / LOOKS));
}
