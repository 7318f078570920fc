// How the main thread's heap figures reach the monitor's thread while neither waits for the other: a few numbers in shared
// memory. The main thread writes them from a timer and after each major collection; the reader takes them whenever it likes,
// and sees by their age when the main thread has stopped writing because its event loop is blocked.
//
// Consistency is a sequence lock: the counter is odd while a write is under way, and a reader that saw it odd or changed
// reads again. There is one writer.
import type { GcKind, HeapSample } from '../model/index.ts';
import type { Seconds } from '../units/index.ts';

const GC_KINDS: readonly GcKind[] = ['minor', 'major', 'incremental', 'weakcb'];

const FIELDS = [
  'atSeconds',
  'usedBytes',
  'totalBytes',
  'limitBytes',
  'externalBytes',
  'arrayBuffersBytes',
  'oldSpaceBytes',
  'floorBytes',
  'floorAtSeconds',
] as const;

const GC_OFFSET = FIELDS.length;
const REQUESTS_OFFSET = GC_OFFSET + 2 * GC_KINDS.length;
const LENGTH = REQUESTS_OFFSET + 1;

/** Not written yet. A size or time on the board is never negative. */
const ABSENT = -1;

export interface Board {
  /** Hand this to the other thread, and make its side with `openBoard`. */
  readonly memory: SharedArrayBuffer;
  write(sample: HeapSample, requestsTotal: number): void;
  read(nowSeconds: Seconds): BoardReading | undefined;
}

export interface BoardReading {
  readonly heap: HeapSample;
  /** HTTP requests that the application has finished since it started. */
  readonly requestsTotal: number;
}

/** The counter takes the first 8 bytes, so that the numbers behind it are aligned. */
export function createBoard(): Board {
  return openBoard(new SharedArrayBuffer(8 + LENGTH * Float64Array.BYTES_PER_ELEMENT));
}

export function openBoard(memory: SharedArrayBuffer): Board {
  const counter = new Int32Array(memory, 0, 1);
  const numbers = new Float64Array(memory, 8, LENGTH);
  return {
    memory,
    write(sample, requestsTotal) {
      Atomics.add(counter, 0, 1);
      numbers.set(toNumbers(sample, requestsTotal));
      Atomics.add(counter, 0, 1);
    },
    read(nowSeconds) {
      const copy = consistentCopy(counter, numbers);
      return copy && fromNumbers(copy, nowSeconds);
    },
  };
}

/** A write takes microseconds; a reader that meets a hundred of them in a row gives up rather than spin. */
const ATTEMPTS = 100;

function consistentCopy(counter: Int32Array, numbers: Float64Array): Float64Array | undefined {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = Atomics.load(counter, 0);
    if (before === 0) return undefined;
    if (before % 2 !== 0) continue;
    const copy = numbers.slice();
    if (Atomics.load(counter, 0) === before) return copy;
  }
  return undefined;
}

function toNumbers(sample: HeapSample, requestsTotal: number): number[] {
  return [
    ...FIELDS.map((field) => sample[field] ?? ABSENT),
    ...GC_KINDS.flatMap((kind) => [sample.gc[kind].count, sample.gc[kind].seconds]),
    requestsTotal,
  ];
}

function fromNumbers(numbers: Float64Array, nowSeconds: Seconds): BoardReading {
  const at = (index: number): number => numbers[index] ?? ABSENT;
  const present = FIELDS.map((field, index) => [field, at(index)] as const).filter(
    ([, value]) => value !== ABSENT,
  );
  const gc = GC_KINDS.map((kind, index) => {
    const offset = GC_OFFSET + 2 * index;
    return [kind, { count: at(offset), seconds: at(offset + 1) }] as const;
  });
  const heap = {
    ...Object.fromEntries(present),
    gc: Object.fromEntries(gc),
    ageSeconds: Math.max(0, nowSeconds - at(0)),
  } as HeapSample;
  return { heap, requestsTotal: at(REQUESTS_OFFSET) };
}
