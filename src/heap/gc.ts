// Counts V8's collections and notes the floor: heap used as seen just after a major one. Uses the 'gc' performance entries,
// which arrive on this thread's event loop shortly after the collection, so a floor is an upper bound by what was allocated
// in between.
import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import type { GcKind, GcKindStats } from '../model/index.ts';
import type { Bytes, Seconds } from '../units/index.ts';

export interface GcReading {
  readonly kinds: Readonly<Record<GcKind, GcKindStats>>;
  readonly floorBytes?: Bytes;
  readonly floorAtSeconds?: Seconds;
}

export interface GcWatch {
  read(): GcReading;
  stop(): void;
}

const KIND_OF: Readonly<Record<number, GcKind>> = {
  [constants.NODE_PERFORMANCE_GC_MINOR]: 'minor',
  [constants.NODE_PERFORMANCE_GC_MAJOR]: 'major',
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: 'incremental',
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: 'weakcb',
};

type GcEntry = PerformanceEntry & { readonly detail?: { readonly kind?: number } };

/** Watches this thread's collections until stopped. `onMajor` is called after each major one has been noted. */
export function watchGc(nowSeconds: () => Seconds, onMajor: () => void = () => {}): GcWatch {
  const totals = new Map<GcKind, { count: number; seconds: Seconds }>();
  let floor: { bytes: Bytes; atSeconds: Seconds } | undefined;

  const note = (entry: GcEntry): void => {
    const kind = KIND_OF[entry.detail?.kind ?? -1];
    if (kind === undefined) return;
    const before = totals.get(kind) ?? { count: 0, seconds: 0 };
    totals.set(kind, { count: before.count + 1, seconds: before.seconds + entry.duration / 1000 });
    if (kind !== 'major') return;
    floor = { bytes: getHeapStatistics().used_heap_size, atSeconds: nowSeconds() };
    onMajor();
  };
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) note(entry as GcEntry);
  });
  observer.observe({ entryTypes: ['gc'] });

  const of = (kind: GcKind): GcKindStats => totals.get(kind) ?? { count: 0, seconds: 0 };
  return {
    read: () => ({
      kinds: { minor: of('minor'), major: of('major'), incremental: of('incremental'), weakcb: of('weakcb') },
      ...(floor && { floorBytes: floor.bytes, floorAtSeconds: floor.atSeconds }),
    }),
    stop: () => observer.disconnect(),
  };
}
