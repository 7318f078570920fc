// Why the verdict is what it is: in words, and in points to draw. Points are in bytes over time, one a bucket.
import type { Evidence, SeriesPoint } from '../model/index.ts';
import { formatBytes, formatDuration, formatGrowthPerHour } from '../units/index.ts';
import type { Account } from './account.ts';
import { growthRate, type StreamAnalysis } from './analysis.ts';
import { drivenRise, type Growth } from './growth.ts';
import { Z_95 } from './normal.ts';
import { spanOf, windowMeans } from './record.ts';
import type { StreamName } from './streams.ts';
import type { Weighed } from './weighed.ts';

/** What an evidence is of. `line` and the two of the band are there to be drawn with `floor`. */
export const EVIDENCE_KINDS = [
  'floor',
  'growth',
  'shape',
  'load',
  'restarts',
  'line',
  'band-low',
  'band-high',
] as const;

const WINDOWS = 12;

const NAMES: Readonly<Record<StreamName, string>> = {
  heap: 'the heap’s floor',
  external: 'external memory',
  native: 'resident memory',
  rss: 'resident memory',
  used: 'used memory',
};

export function evidenceOf(analysis: StreamAnalysis, growth: Growth | undefined): readonly Evidence[] {
  const weighed = growth?.weighed ?? analysis.weighing?.level[0];
  return [
    floorEvidence(analysis),
    ...(growth ? [growthEvidence(analysis, growth)] : []),
    ...(weighed ? [shapeEvidence(analysis, weighed, growth), ...drivenEvidence(analysis, weighed)] : []),
    ...restartEvidence(analysis),
    ...(weighed ? drawnEvidence(analysis, weighed) : []),
  ];
}

function floorEvidence(analysis: StreamAnalysis): Evidence {
  const { rises, steps } = risingWindows(analysis);
  const text = `${NAMES[analysis.stream]} rose from window to window ${rises} of ${steps} times`;
  return { kind: 'floor', text, points: pointsOf(analysis, analysis.record.values) };
}

function risingWindows({ record: { values } }: StreamAnalysis): { rises: number; steps: number } {
  const means = windowMeans(values, WINDOWS);
  const rises = means.filter((value, window) => window > 0 && value > (means[window - 1] ?? value)).length;
  return { rises, steps: means.length - 1 };
}

function growthEvidence(analysis: StreamAnalysis, growth: Growth): Evidence {
  const { rate, error } = growthRate(analysis, growth);
  const low = formatGrowthPerHour(rate - Z_95 * error);
  const high = formatGrowthPerHour(rate + Z_95 * error);
  return { kind: 'growth', text: `${formatGrowthPerHour(rate)}, 95 % between ${low} and ${high}` };
}

function shapeEvidence(analysis: StreamAnalysis, weighed: Weighed, growth: Growth | undefined): Evidence {
  const shape = shapeOf(analysis, weighed.account);
  const rival = analysis.weighing?.level[0];
  if (growth === undefined || rival === undefined) return { kind: 'shape', text: shape };
  const against = shapeOf(analysis, rival.account);
  return {
    kind: 'shape',
    text: `${shape}; the best account without a leak, “${against}”, does not explain it`,
  };
}

function shapeOf({ record }: StreamAnalysis, { family, atSeconds = 0 }: Account): string {
  const when = formatDuration(Math.max(1, atSeconds));
  switch (family) {
    case 'level':
      return 'it is level, but for noise';
    case 'step':
      return `it stepped once, ${when} into the record`;
    case 'two-steps':
      return 'it stepped twice';
    case 'levelling-off':
      return `it levels off, within about ${when}`;
    case 'filled':
      return `it filled up for ${when} and stayed there`;
    case 'linear':
      return 'it grows steadily and does not level off';
    case 'since-onset':
      return `it has grown for the last ${formatDuration(Math.max(1, spanOf(record) - atSeconds))} and does not level off`;
    case 'accelerating':
      return 'it grows faster and faster';
    case 'per-request':
      return 'it grows with every request and does not level off';
    case 'levelling-off-and-linear':
      return 'after a warm-up it grows on and does not level off';
    case 'filled-and-linear':
      return 'after something filled up it grows on and does not level off';
    case 'step-and-linear':
      return 'beside a step it grows steadily and does not level off';
  }
}

function drivenEvidence(analysis: StreamAnalysis, weighed: Weighed): readonly Evidence[] {
  const { record, stream, scaleBytes } = analysis;
  if (record.drivers.length === 0) return [];
  const driver = stream === 'native' ? 'the heap' : 'requests';
  const driven = drivenRise(record, weighed) * scaleBytes;
  const text =
    weighed.driver === undefined
      ? `not explained by ${driver}`
      : `${driver} ${driven < 0 ? 'lowered' : 'raised'} it by ${formatBytes(Math.abs(driven))}, which is taken out`;
  return [{ kind: 'load', text }];
}

function restartEvidence(analysis: StreamAnalysis): readonly Evidence[] {
  const starts = analysis.record.lives.slice(1);
  if (starts.length === 0) return [];
  const points = pointsOf(analysis, analysis.record.values).filter((_, index) => starts.includes(index));
  const text = `${starts.length} restart${starts.length > 1 ? 's' : ''}; each life has a level of its own`;
  return [{ kind: 'restarts', text, points }];
}

function drawnEvidence(
  analysis: StreamAnalysis,
  { fit, design: { columns }, correlation }: Weighed,
): readonly Evidence[] {
  const line = analysis.record.values.map((_, index) =>
    columns.reduce(
      (sum, column, which) => sum + (fit.coefficients[which] as number) * (column[index] as number),
      0,
    ),
  );
  // The noise of the figures themselves, of which the fit's is what is new at each step.
  const reach = (Z_95 * fit.noise) / Math.sqrt(1 - correlation * correlation);
  const drawn = (offset: number) =>
    pointsOf(
      analysis,
      line.map((value) => (value + offset) * analysis.scaleBytes + analysis.baseBytes),
    );
  return [
    { kind: 'line', text: 'what the account says', points: drawn(0) },
    { kind: 'band-low', text: '95 % of readings are above', points: drawn(-reach) },
    { kind: 'band-high', text: '95 % of readings are below', points: drawn(reach) },
  ];
}

function pointsOf({ record, originSeconds }: StreamAnalysis, bytes: Float64Array): SeriesPoint[] {
  return Array.from(bytes, (value, index) => ({
    atSeconds: originSeconds + (record.times[index] ?? 0),
    value: Math.round(value),
  }));
}
