// One chart over time. All charts of a view share the axis, the crosshair and the zoom: drag to look closer, double-click to go
// back; the keyboard does the same.
import 'uplot/dist/uPlot.min.css';
import './chart.css';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { between, type Span } from '../navigation/range.ts';
import { useDashboard } from '../state/dashboard.tsx';
import type { Columns } from './columns.ts';
import { keyToSpan } from './keyboard.ts';
import { Legend } from './legend.tsx';
import { type Drawing, drawLines, drawStack, type Line } from './lines.ts';
import type { Mark } from './mark.ts';
import { paintMarks, paintThreshold } from './paint.ts';
import { type Palette, usePalette } from './palette.ts';
import { formatTick, formatTimeTick, formatValue, steps, type Unit } from './scale-format.ts';

export interface ChartProps {
  readonly title: string;
  readonly unit: Unit;
  readonly columns: Columns;
  readonly lines: readonly Line[];
  readonly span: Span;
  readonly size: 'large' | 'small';
  readonly stacked?: boolean;
  readonly threshold?: number;
  /** The axis reaches at least this far. */
  readonly atLeast?: number;
  readonly marks?: readonly Mark[];
  /** Painted over everything else. */
  readonly overlay?: (chart: uPlot, palette: Palette) => void;
}

const NO_MARKS: readonly Mark[] = [];

export function Chart(props: ChartProps) {
  const { title, unit, columns, lines, span, size, stacked = false, threshold } = props;
  const { location } = useDashboard();
  const palette = usePalette();
  const place = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const drawing = useMemo(
    () => (stacked ? drawStack : drawLines)(columns, lines, palette),
    [columns, lines, palette, stacked],
  );
  const zoom = (next: Span) => {
    const range = between(next.fromSeconds, next.toSeconds);
    if (range) location.setRange(range);
  };
  useChart(place, drawing, {
    ...props,
    palette,
    zoom,
    zoomBack: () => location.zoomBack(),
    onCursor: setCursor,
  });

  return (
    <figure class={`chart ${size}`}>
      <figcaption>
        <h3>{title}</h3>
        <Legend {...{ unit, columns, lines, cursor, threshold, palette }} marks={props.marks ?? NO_MARKS} />
      </figcaption>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset groups inputs, and this has none */}
      <div
        class="plot"
        ref={place}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it zooms by keys
        tabIndex={0}
        aria-label={`${describe(props)} Arrow keys move, plus and minus zoom, Escape goes back.`}
        onKeyDown={(event) => {
          if (event.key === 'Escape') location.zoomBack();
          const next = keyToSpan(event.key, span);
          if (!next) return;
          event.preventDefault();
          zoom(next);
        }}
      />
    </figure>
  );
}

/** What the lines show, for who cannot see them. */
function describe({ title, unit, columns, lines }: ChartProps): string {
  const sentences = lines.map(({ metric, label }) => {
    const known = columns.metrics[metric]?.mean.filter((value) => value !== null) ?? [];
    if (known.length === 0) return `${label}: nothing measured.`;
    const [low, high] = [Math.min(...known), Math.max(...known)].map((value) => formatValue(unit, value));
    return `${label}: last ${formatValue(unit, known.at(-1))}, between ${low} and ${high}.`;
  });
  return `${title} over time. ${sentences.join(' ')}`;
}

interface Setup extends ChartProps {
  readonly palette: Palette;
  readonly zoom: (span: Span) => void;
  readonly zoomBack: () => void;
  readonly onCursor: (index: number | null) => void;
}

function useChart(place: { readonly current: HTMLDivElement | null }, drawing: Drawing, setup: Setup): void {
  const newest = useRef(setup);
  newest.current = setup;
  const chart = useRef<uPlot | undefined>(undefined);
  const shape = setup.lines.map(({ metric, tone }) => metric + tone).join();

  const isNew = useRef(false);

  // Before the frame that shows the rest of it.
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const made = new uPlot(options(newest, drawing, sizeOf(element)), drawing.data, element);
    chart.current = made;
    isNew.current = true;
    const resize = new ResizeObserver(() => fit(made, sizeOf(element)));
    resize.observe(element);
    return () => {
      resize.disconnect();
      made.destroy();
      chart.current = undefined;
    };
  }, [shape, setup.palette]);

  const { fromSeconds, toSeconds } = setup.span;
  useEffect(() => {
    // What was made for this very drawing need not be drawn again.
    if (isNew.current) isNew.current = false;
    else
      chart.current?.batch((made: uPlot) => {
        made.setData(drawing.data, false);
        made.setScale('x', { min: fromSeconds, max: toSeconds });
      });
  }, [drawing, shape, fromSeconds, toSeconds, setup.marks, setup.overlay, setup.threshold, setup.palette]);
}

/** A size that has not changed would be drawn all the same. */
function fit(chart: uPlot, size: { width: number; height: number }): void {
  if (size.width !== chart.width || size.height !== chart.height) chart.setSize(size);
}

function sizeOf(element: HTMLElement): { width: number; height: number } {
  return { width: Math.max(100, element.clientWidth), height: element.clientHeight };
}

function options(
  setup: { readonly current: Setup },
  drawing: Drawing,
  size: { width: number; height: number },
): uPlot.Options {
  const { palette, unit } = setup.current;
  const grid = { stroke: palette.line, width: 1 };
  const font = '12px system-ui, sans-serif';
  return {
    ...size,
    padding: [14, 24, 0, 0],
    legend: { show: false },
    series: drawing.series,
    bands: drawing.bands,
    cursor: {
      sync: { key: 'plimsoll' },
      drag: { x: true, y: false, setScale: false },
      bind: { dblclick: () => onDoubleClick(setup) },
      points: { size: 7 },
      dataIdx: (chart, series, index) => (isEdge(setup.current, series) ? noPoint(chart) : index),
    },
    scales: {
      x: { time: true, auto: false, min: setup.current.span.fromSeconds, max: setup.current.span.toSeconds },
      y: { range: (_, __, most) => [0, ceiling(setup.current, most)] },
    },
    axes: [
      {
        stroke: palette.quiet,
        grid: { show: false },
        size: 28,
        space: 72,
        ticks: { ...grid, size: 4 },
        font,
        values: (_, splits, __, ___, step) => splits.map((at) => formatTimeTick(at, step)),
      },
      {
        stroke: palette.quiet,
        grid,
        ticks: { show: false },
        font,
        size: 68,
        incrs: steps(unit),
        values: (_, splits) => splits.map((value) => formatTick(unit, value)),
      },
    ],
    hooks: {
      draw: [
        (chart) => {
          const { threshold, marks = NO_MARKS, overlay, palette: colours } = setup.current;
          paintMarks(chart, marks, colours);
          if (threshold !== undefined) paintThreshold(chart, threshold, colours);
          overlay?.(chart, colours);
        },
      ],
      setCursor: [(chart) => setup.current.onCursor(cursorTime(chart))],
      setSelect: [
        (chart) => {
          const { left, width } = chart.select;
          if (width < 4) return;
          chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          setup.current.zoom({
            fromSeconds: chart.posToVal(left, 'x'),
            toSeconds: chart.posToVal(left + width, 'x'),
          });
        },
      ],
    },
  };
}

/** In place of uPlot's own, which shows everything there is. */
function onDoubleClick(setup: { readonly current: Setup }): () => null {
  return () => {
    setup.current.zoomBack();
    return null;
  };
}

/** Points of the crosshair belong on lines, not on the edges of bands. */
function isEdge({ stacked }: Setup, series: number): boolean {
  return !stacked && series > 0 && (series - 1) % 3 !== 0;
}

function noPoint(chart: uPlot): number {
  return chart.data[0].length;
}

function cursorTime(chart: uPlot): number | null {
  const { left = -1 } = chart.cursor;
  return left < 0 ? null : chart.posToVal(left, 'x');
}

function ceiling({ unit, threshold = 0, atLeast = 0 }: Setup, most: number | null): number {
  const known = Number.isFinite(most) ? (most ?? 0) * 1.08 : 0;
  const reached = Math.max(known, threshold * 1.04, atLeast);
  return reached > 0 ? reached : unit === 'percent' ? 1 : 1024 ** 2;
}
