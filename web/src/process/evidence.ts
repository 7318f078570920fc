// A verdict's evidence drawn on the curve: the band that most readings lie in, the line that was fitted, and the points it was
// fitted to.
import type uPlot from 'uplot';
import type { Evidence, Verdict } from '../../../src/api/wire.ts';
import { type Bytes, formatDuration, HOUR } from '../../../src/units/index.ts';
import type { Palette } from '../chart/palette.ts';

type Point = NonNullable<Evidence['points']>[number];

const LINE = 'line';
const BAND_LOW = 'band-low';
const BAND_HIGH = 'band-high';

/** Evidence that is a shape on the curve rather than a reason in words. */
export function isShape({ kind }: Evidence): boolean {
  return [LINE, BAND_LOW, BAND_HIGH].includes(kind);
}

/** While it is too early to tell, an account of the curve would look like a finding: only why it is too early is left. */
export function sayable(verdict: Verdict): Verdict {
  if (verdict.verdict !== 'not-enough-data') return verdict;
  const evidence = verdict.evidence.slice(0, 1).map(({ kind, text }) => ({ kind, text }));
  return { ...verdict, evidence };
}

/** What is drawn of a verdict. */
export interface Argument {
  readonly verdict: Verdict;
  /** What the whole process may have, where the verdict knows it. */
  readonly limitBytes: Bytes | undefined;
}

/** The verdict tells when the limit is reached at this growth: from there to the limit itself. */
export function limitOf(verdict: Verdict, rssBytes: Bytes): Bytes | undefined {
  const { growth_bytes_per_hour: growth, time_to_limit_seconds: left } = verdict;
  return growth === null || left === null ? undefined : rssBytes + (growth * left) / HOUR;
}

/** Further above what there is, a limit would press everything else to the ground. */
const LIMIT_IN_SIGHT = 2.5;

/** How far the axis has to reach to show the limit; 0 where it is out of sight. */
export function ceilingFor(limitBytes: Bytes | undefined, rssBytes: Bytes): Bytes {
  return limitBytes !== undefined && limitBytes < rssBytes * LIMIT_IN_SIGHT ? limitBytes * 1.04 : 0;
}

export function paintEvidence(chart: uPlot, { verdict, limitBytes }: Argument, palette: Palette): void {
  const { evidence, leak } = verdict;
  const { ctx } = chart;
  const { left, top, width, height } = chart.bbox;
  const pointsOf = (kind: string) => evidence.find((one) => one.kind === kind)?.points ?? [];
  const colour = leak ? palette.marks.high : palette.ink;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  paintBand(chart, pointsOf(BAND_LOW), pointsOf(BAND_HIGH), colour);
  for (const one of evidence) if (!isShape(one)) paintPoints(chart, one.points ?? [], palette);
  paintLine(chart, pointsOf(LINE), colour);
  if (leak) paintOutlook(chart, pointsOf(LINE), colour);
  if (leak && limitBytes !== undefined) paintLimit(chart, limitBytes, verdict, palette);
  ctx.restore();
}

/** The line, on to the edge: where it leads if nothing changes. */
function paintOutlook(chart: uPlot, points: readonly Point[], colour: string): void {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first === last) return;
  const [x1, y1] = place(chart, first);
  const [x2, y2] = place(chart, last);
  const edge = chart.bbox.left + chart.bbox.width;
  const { ctx } = chart;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(x2, y2);
  ctx.lineTo(edge, y2 + ((y2 - y1) / (x2 - x1)) * (edge - x2));
  ctx.stroke();
  ctx.restore();
}

function paintLimit(chart: uPlot, limitBytes: Bytes, verdict: Verdict, { marks, ground }: Palette): void {
  const { ctx } = chart;
  const { left, top, width } = chart.bbox;
  const ratio = devicePixelRatio;
  const y = Math.max(top, chart.valToPos(limitBytes, 'y', true));
  const time = verdict.time_to_limit_seconds;
  const label = time === null ? 'limit' : `limit, in ${formatDuration(time)}`;
  ctx.save();
  ctx.strokeStyle = marks.high;
  ctx.lineWidth = ratio;
  ctx.setLineDash([8 * ratio, 4 * ratio]);
  ctx.beginPath();
  ctx.moveTo(left, y);
  ctx.lineTo(left + width, y);
  ctx.stroke();
  ctx.font = `${12 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'top';
  const at = [left + width - 8 * ratio, y + 4 * ratio] as const;
  ctx.setLineDash([]);
  ctx.strokeStyle = ground;
  ctx.lineWidth = 4 * ratio;
  ctx.strokeText(label, ...at);
  ctx.fillStyle = marks.high;
  ctx.fillText(label, ...at);
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

/** Closer together than this they are a smear. */
const LEAST_APART_PIXELS = 14;

function paintPoints(chart: uPlot, points: readonly Point[], { ink, ground }: Palette): void {
  const { ctx } = chart;
  const ratio = devicePixelRatio;
  ctx.fillStyle = ground;
  ctx.strokeStyle = ink;
  ctx.lineWidth = ratio;
  let drawnTo = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    const [x, y] = place(chart, point);
    if (x - drawnTo < LEAST_APART_PIXELS * ratio) continue;
    drawnTo = x;
    ctx.beginPath();
    ctx.arc(x, y, 2.5 * ratio, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  }
}

function trace(chart: uPlot, points: readonly Point[]): void {
  chart.ctx.beginPath();
  for (const point of points) chart.ctx.lineTo(...place(chart, point));
}

function place(chart: uPlot, { timestamp, value }: Point): [number, number] {
  return [chart.valToPos(Date.parse(timestamp) / 1000, 'x', true), chart.valToPos(value, 'y', true)];
}
