// RSS of a Node.js process as the parts that make it up: what V8 uses, what it holds besides, what it accounts for off its heap,
// and what nobody accounts for. The last is an estimate: memory that was never touched is accounted for and not resident.
import type { Column, Columns, Measured } from '../chart/columns.ts';
import type { Line } from '../chart/lines.ts';

export const HEAP_METRICS = ['own_rss', 'heap_used', 'heap_total', 'heap_external', 'heap_floor'] as const;

export const HEAP_LINES: readonly Line[] = [
  { metric: 'heap_used', label: 'heap used', tone: 'own' },
  { metric: 'heap_unused', label: 'heap unused', tone: 2 },
  { metric: 'heap_external', label: 'external', tone: 1 },
  { metric: 'unaccounted', label: 'unaccounted (estimate)', tone: 0 },
];

export function stackHeapParts(columns: Columns): Columns {
  const mean = (metric: string): Column => columns.metrics[metric]?.mean ?? [];
  const [rss, used, total, external] = [
    mean('own_rss'),
    mean('heap_used'),
    mean('heap_total'),
    mean('heap_external'),
  ];
  const derive = (formula: (...parts: number[]) => number, ...parts: readonly Column[]): Measured =>
    single(
      columns.at.map((_, index) =>
        combine(
          parts.map((part) => part[index] ?? null),
          formula,
        ),
      ),
    );
  return {
    ...columns,
    metrics: {
      ...columns.metrics,
      heap_unused: derive((all, live) => (all as number) - (live as number), total, used),
      unaccounted: derive(
        (all, heap, off) => (all as number) - (heap as number) - (off as number),
        rss,
        total,
        external,
      ),
    },
  };
}

function combine(parts: readonly (number | null)[], formula: (...parts: number[]) => number): number | null {
  return parts.every((part) => part !== null) ? Math.max(0, formula(...parts)) : null;
}

function single(mean: Column): Measured {
  return { mean, min: mean, max: mean };
}
