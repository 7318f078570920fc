// The V8 heap of the service's main thread, and its collections.
import type { GcKind, GcKindStats, HeapSample } from '../../model/index.ts';
import { each, type Family, single } from '../family.ts';

function byKind(heap: HeapSample | undefined, figure: (stats: GcKindStats) => number) {
  const kinds = Object.entries(heap?.gc ?? {}) as [GcKind, GcKindStats][];
  return each('kind', Object.fromEntries(kinds.map(([kind, stats]) => [kind, figure(stats)])));
}

const GC_LABELS = { kind: ['minor', 'major', 'incremental', 'weakcb'] };

export const HEAP_FAMILIES: readonly Family[] = [
  {
    name: 'heap_used_bytes',
    type: 'gauge',
    origin: 'new',
    labels: {},
    help: 'V8 heap in use, garbage that is not collected yet included.',
    series: ({ own }) => single(own?.heap?.usedBytes),
  },
  {
    name: 'heap_total_bytes',
    type: 'gauge',
    origin: 'new',
    labels: {},
    help: 'V8 heap that is committed.',
    series: ({ own }) => single(own?.heap?.totalBytes),
  },
  {
    name: 'heap_limit_bytes',
    type: 'gauge',
    origin: 'new',
    labels: {},
    help: 'The heap size limit of V8, which counts the young generation too: more than --max-old-space-size.',
    series: ({ own }) => single(own?.heap?.limitBytes),
  },
  {
    name: 'heap_old_space_bytes',
    type: 'gauge',
    origin: 'new',
    labels: {},
    help: 'Old space of the V8 heap in use.',
    series: ({ own }) => single(own?.heap?.oldSpaceBytes),
  },
  {
    name: 'heap_old_space_limit_bytes',
    type: 'gauge',
    origin: 'new',
    labels: {},
    help: 'Limit of the old space, as --max-old-space-size sets it; absent where it is not known.',
    series: ({ oldSpaceLimitBytes }) => single(oldSpaceLimitBytes),
  },
  {
    name: 'heap_floor_bytes',
    type: 'gauge',
    origin: 'new',
    labels: {},
    help: 'V8 heap in use just after the newest major collection; absent before the first.',
    series: ({ own }) => single(own?.heap?.floorBytes),
  },
  {
    name: 'heap_reading_age_seconds',
    type: 'gauge',
    origin: 'new',
    labels: {},
    help: 'Age of the heap figures: more than a sample interval while the event loop of the service is blocked.',
    series: ({ own }) => single(own?.heap?.ageSeconds),
  },
  {
    name: 'gc_collections_total',
    type: 'counter',
    origin: 'new',
    labels: GC_LABELS,
    help: 'Garbage collections since the process started, by kind.',
    series: ({ own }) => byKind(own?.heap, ({ count }) => count),
  },
  {
    name: 'gc_duration_seconds_total',
    type: 'counter',
    origin: 'new',
    labels: GC_LABELS,
    help: 'Time spent in garbage collection since the process started, by kind.',
    series: ({ own }) => byKind(own?.heap, ({ seconds }) => seconds),
  },
];
