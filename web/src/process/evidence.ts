// A verdict's evidence drawn on the curve: the band that most readings lie in, the line that was fitted, and the points it was
// fitted to.
import type uPlot from 'uplot';
import type { Evidence, Verdict } from '../../../src/api/wire.ts';
import type { Palette } from '../chart/palette.ts';

type Point = NonNullable<Evidence['points']>[number];

const LINE = 'line';
const BAND_LOW = 'band-low';
const BAND_HIGH = 'band-high';

/** Evidence that is a shape on the curve rather than a reason in words. */
export function isShape({ kind }: Evidence): boolean {
  return [LINE, BAND_LOW, BAND_HIGH].includes(kind);
}

export function paintEvidence(chart: uPlot, { evidence, leak }: Verdict, { ink, marks }: Palette): void {
  const { ctx } = chart;
  const { left, top, width, height } = chart.bbox;
  const pointsOf = (kind: string) => evidence.find((one) => one.kind === kind)?.points ?? [];
  const colour = leak ? marks.high : ink;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  paintBand(chart, pointsOf(BAND_LOW), pointsOf(BAND_HIGH), colour);
  paintLine(chart, pointsOf(LINE), colour);
  for (const one of evidence) if (!isShape(one)) paintPoints(chart, one.points ?? [], ink);
  ctx.restore();
}

function paintBand(chart: uPlot, low: readonly Point[], high: readonly Point[], colour: string): void {
  if (low.length === 0 || high.length === 0) return;
  const { ctx } = chart;
  ctx.save();
  ctx.fillStyle = colour;
  ctx.globalAlpha = 0.14;
  trace(chart, [...low, ...high.toReversed()]);
  ctx.fill();
  ctx.restore();
}

function paintLine(chart: uPlot, points: readonly Point[], colour: string): void {
  const { ctx } = chart;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2 * devicePixelRatio;
  trace(chart, points);
  ctx.stroke();
}

function paintPoints(chart: uPlot, points: readonly Point[], colour: string): void {
  const { ctx } = chart;
  ctx.fillStyle = colour;
  for (const point of points) {
    ctx.beginPath();
    ctx.arc(...place(chart, point), 2 * devicePixelRatio, 0, 2 * Math.PI);
    ctx.fill();
  }
}

function trace(chart: uPlot, points: readonly Point[]): void {
  chart.ctx.beginPath();
  for (const point of points) chart.ctx.lineTo(...place(chart, point));
}

function place(chart: uPlot, { timestamp, value }: Point): [number, number] {
  return [chart.valToPos(Date.parse(timestamp) / 1000, 'x', true), chart.valToPos(value, 'y', true)];
}
