// What uPlot does not draw itself: the threshold with the circle-and-bar mark, and the marks of what happened.
import type uPlot from 'uplot';
import type { Mark, MarkKind } from './mark.ts';
import type { Palette } from './palette.ts';

/** Collections stand on the axis; all others reach from it to the top. */
type TallKind = Exclude<MarkKind, 'collection'>;

/** Each kind of mark has a shape besides its colour. */
const SHAPES: Readonly<Record<TallKind, string>> = {
  warning: '●',
  medium: '▲',
  high: '■',
  critical: '■',
  restart: '↻',
  snapshot: '◆',
};

export function paintThreshold(chart: uPlot, value: number, palette: Palette): void {
  const y = Math.round(chart.valToPos(value, 'y', true));
  const { left, top, width, height } = chart.bbox;
  if (y < top || y > top + height) return;
  const ratio = devicePixelRatio;
  const { ctx } = chart;
  ctx.save();
  ctx.strokeStyle = palette.ink;
  ctx.lineWidth = ratio;
  line(ctx, left, y, left + width, y);
  ctx.lineWidth = 1.5 * ratio;
  ctx.fillStyle = palette.ground;
  ctx.beginPath();
  ctx.arc(left + width - 14 * ratio, y, 6 * ratio, 0, 2 * Math.PI);
  ctx.fill();
  ctx.stroke();
  line(ctx, left + width - 24 * ratio, y, left + width - 4 * ratio, y);
  ctx.restore();
}

export function paintMarks(chart: uPlot, marks: readonly Mark[], palette: Palette): void {
  for (const mark of marks) {
    if (mark.kind === 'collection') paintCollection(chart, mark, palette);
    else paintMark(chart, { ...mark, kind: mark.kind }, palette);
  }
}

/** What is ordinary does not stand before the line. */
const FAINT = 0.25;
/** A stretch is told from the rest, and hides nothing. */
const SHADE = 0.07;

function paintMark(chart: uPlot, mark: Mark & { readonly kind: TallKind }, palette: Palette): void {
  const { left, top, width, height } = chart.bbox;
  const right = left + width;
  const from = chart.valToPos(mark.atSeconds, 'x', true);
  const until = mark.untilSeconds === undefined ? from : positionOf(chart, mark.untilSeconds, right);
  if (until < left || from > right) return;
  const { ctx } = chart;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.fillStyle = palette.marks[mark.kind];
  ctx.strokeStyle = palette.marks[mark.kind];
  const start = Math.max(left, from);
  if (until > start) {
    ctx.globalAlpha = SHADE;
    ctx.fillRect(start, top, Math.min(right, until) - start, height);
    ctx.globalAlpha = 1;
  }
  if (from >= left) {
    ctx.lineWidth = ratio;
    ctx.globalAlpha = mark.kind === 'snapshot' ? FAINT : 1;
    ctx.setLineDash([3 * ratio, 3 * ratio]);
    line(ctx, from, top, from, top + height);
    ctx.globalAlpha = 1;
  }
  ctx.font = `${10 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'bottom';
  ctx.fillText(SHAPES[mark.kind], Math.min(right - 5 * ratio, Math.max(left + 5 * ratio, start)), top);
  ctx.restore();
}

/** Ordinary, and often many: they stand on the axis, out of the way. */
function paintCollection(chart: uPlot, { atSeconds }: Mark, { marks }: Palette): void {
  const { left, top, width, height } = chart.bbox;
  const x = chart.valToPos(atSeconds, 'x', true);
  if (x < left || x > left + width) return;
  const { ctx } = chart;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.fillStyle = marks.collection;
  ctx.beginPath();
  ctx.moveTo(x - 3 * ratio, top + height - 5 * ratio);
  ctx.lineTo(x + 3 * ratio, top + height - 5 * ratio);
  ctx.lineTo(x, top + height);
  ctx.fill();
  ctx.restore();
}

function positionOf(chart: uPlot, atSeconds: number, right: number): number {
  return Number.isFinite(atSeconds) ? chart.valToPos(atSeconds, 'x', true) : right;
}

function line(ctx: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}
