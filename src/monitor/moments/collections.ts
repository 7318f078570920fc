// The newest major collections of the watched heap, for marks on charts. A sample tells of the newest one and how many there have
// been; those between two samples are one entry with their number.
import type { HeapSample } from '../../model/index.ts';
import type { Bytes, Seconds } from '../../units/index.ts';

export interface Collection {
  readonly atSeconds: Seconds;
  /** Heap used just after it. */
  readonly floorBytes: Bytes;
  /** With those since the entry before: more than one where they came faster than samples. */
  readonly count: number;
}

export interface Collections {
  observe(heap: HeapSample | undefined): void;
  /** Oldest first. */
  between(fromSeconds: Seconds, toSeconds: Seconds): readonly Collection[];
}

/** A few hours of a busy service; 50 KB. */
const MAX_KEPT = 1000;

export function createCollections(maxKept = MAX_KEPT): Collections {
  const kept: Collection[] = [];
  let seen: { readonly atSeconds: Seconds; readonly count: number } | undefined;
  return {
    observe(heap) {
      if (heap?.floorAtSeconds === undefined || heap.floorBytes === undefined) return;
      const { floorAtSeconds: atSeconds, floorBytes, gc } = heap;
      const before = seen;
      if (before?.atSeconds === atSeconds) return;
      seen = { atSeconds, count: gc.major.count };
      // What came before the monitor looked is known by its number alone.
      kept.push({ atSeconds, floorBytes, count: Math.max(1, before ? gc.major.count - before.count : 1) });
      if (kept.length > maxKept) kept.shift();
    },
    between: (fromSeconds, toSeconds) =>
      kept.filter(({ atSeconds }) => atSeconds >= fromSeconds && atSeconds <= toSeconds),
  };
}
