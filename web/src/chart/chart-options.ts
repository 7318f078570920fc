// A chart as uPlot wants it described: axes, scales, crosshair, and what is painted over the lines.
import type uPlot from 'uplot';
import type { Span } from '../navigation/range.ts';
import type { ChartProps } from './chart.tsx';
import type { Drawing } from './lines.ts';
import { paintMarks, paintThreshold } from './paint.ts';
import type { Palette } from './palette.ts';
import { formatTick, formatTimeTick, steps } from './scale-format.ts';

export interface ChartSetup extends ChartProps {
  readonly palette: Palette;
  readonly drawing: Drawing;
  readonly zoom: (span: Span) => void;
  readonly zoomBack: () => void;
  readonly onCursor: (index: number | null) => void;
}

/** Read anew whenever something is drawn. */
export interface Newest {
  readonly current: ChartSetup;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export function chartOptions(setup: Newest, size: Size): uPlot.Options {
  const { palette, unit, drawing } = setup.current;
  const grid = { stroke: palette.line, width: 1 };
  const font = '12px system-ui, sans-serif';
  return {
    ...size,
    padding: [14, 32, 0, 0],
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
          const { threshold, marks = [], overlay, palette: colours } = setup.current;
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
function onDoubleClick(setup: Newest): () => null {
  return () => {
    setup.current.zoomBack();
    return null;
  };
}

/** Points of the crosshair belong on lines, not on the edges of bands. */
function isEdge({ stacked }: ChartSetup, series: number): boolean {
  return !stacked && series > 0 && (series - 1) % 3 !== 0;
}

function noPoint(chart: uPlot): number {
  return chart.data[0].length;
}

function cursorTime(chart: uPlot): number | null {
  const { left = -1 } = chart.cursor;
  return left < 0 ? null : chart.posToVal(left, 'x');
}

function ceiling({ unit, threshold = 0, atLeast = 0 }: ChartSetup, most: number | null): number {
  const known = Number.isFinite(most) ? (most ?? 0) * 1.08 : 0;
  const reached = Math.max(known, threshold * 1.04, atLeast);
  return reached > 0 ? reached : unit === 'percent' ? 1 : 1024 ** 2;
}
