// A verdict's evidence drawn on the curve: the floor's points, the line that was fitted, and the band of its slope.
import type uPlot from 'uplot';
import type { Evidence, Verdict } from '../../../src/api/wire.ts';
import type { Palette } from '../chart/palette.ts';

type Point = NonNullable<Evidence['points']>[number];

const HOUR_SECONDS = 3600;

export function paintEvidence(chart: uPlot, verdict: Verdict, { ink, marks }: Palette): void {
  const { ctx } = chart;
  const { left, top, width, height } = chart.bbox;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  for (const { points = [] } of verdict.evidence) {
    // Two points are a line; more are what it was fitted to.
    if (points.length === 2) paintLine(chart, verdict, points, verdict.leak ? marks.high : ink);
    else for (const point of points) paintPoint(chart, point, ink);
  }
  ctx.restore();
}

function paintLine(chart: uPlot, verdict: Verdict, [from, to]: readonly Point[], colour: string): void {
  if (!from || !to) return;
  const { ctx } = chart;
  paintBand(chart, verdict, from, to, colour);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2 * devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(...place(chart, from.timestamp, from.value));
  ctx.lineTo(...place(chart, to.timestamp, to.value));
  ctx.stroke();
}

/** From where the line starts, as steep as the interval of the growth says it may be. */
function paintBand(chart: uPlot, verdict: Verdict, from: Point, to: Point, colour: string): void {
  const interval = verdict.growth_interval_bytes_per_hour;
  if (!interval) return;
  const hours = (Date.parse(to.timestamp) - Date.parse(from.timestamp)) / 1000 / HOUR_SECONDS;
  const { ctx } = chart;
  ctx.fillStyle = colour;
  ctx.globalAlpha = 0.18;
  ctx.beginPath();
  ctx.moveTo(...place(chart, from.timestamp, from.value));
  ctx.lineTo(...place(chart, to.timestamp, from.value + interval.low * hours));
  ctx.lineTo(...place(chart, to.timestamp, from.value + interval.high * hours));
  ctx.fill();
  ctx.globalAlpha = 1;
}

function paintPoint(chart: uPlot, point: Point, colour: string): void {
  const { ctx } = chart;
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.arc(...place(chart, point.timestamp, point.value), 2.5 * devicePixelRatio, 0, 2 * Math.PI);
  ctx.fill();
}

function place(chart: uPlot, timestamp: string, value: number): [number, number] {
  return [chart.valToPos(Date.parse(timestamp) / 1000, 'x', true), chart.valToPos(value, 'y', true)];
}
