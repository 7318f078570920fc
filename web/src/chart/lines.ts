// What a chart draws, as uPlot's series: a line for each mean, with a pale band from the least to the most; or areas stacked on
// each other.
import type uPlot from 'uplot';
import { type Column, type Columns, withGaps } from './columns.ts';
import type { Palette } from './palette.ts';

export interface Line {
  readonly metric: string;
  readonly label: string;
  /** Which tone of the water; `ink` for a line across others. */
  readonly tone: 0 | 1 | 2 | 'ink' | 'own';
  readonly dashed?: boolean;
}

export interface Drawing {
  readonly data: uPlot.AlignedData;
  readonly series: uPlot.Series[];
  readonly bands: uPlot.Band[];
}

const BAND_ALPHA = '33';
/** Under the first line of a chart. */
const UNDER_ALPHA = '1a';
const AREA_ALPHA = 'b0';

/** Three columns a line: mean, least, most. */
export function drawLines(columns: Columns, lines: readonly Line[], palette: Palette): Drawing {
  const drawn = lines.map(({ metric }) => columns.metrics[metric] ?? EMPTY);
  const [at, ...filled] = withGaps(
    columns.at,
    drawn.flatMap(({ mean, min, max }) => [mean, min, max]),
  );
  const series = lines.flatMap((line) => {
    const stroke = colourOf(line, palette);
    const edge: uPlot.Series = { stroke: 'transparent', points: { show: false } };
    const area = line.tone === 0 ? { fill: stroke + UNDER_ALPHA } : {};
    return [{ ...lineSeries(line, stroke), ...area }, edge, edge];
  });
  const bands = lines.map((line, index) => ({
    series: [index * 3 + 3, index * 3 + 2] as uPlot.Band.Bounds,
    fill: colourOf(line, palette) + BAND_ALPHA,
  }));
  return { data: [at, ...filled] as uPlot.AlignedData, series: [{}, ...series], bands };
}

/** One column a layer, each the sum of those below; the first line is the lowest. */
export function drawStack(columns: Columns, lines: readonly Line[], palette: Palette): Drawing {
  const means = lines.map(({ metric }) => (columns.metrics[metric] ?? EMPTY).mean);
  const [at, ...filled] = withGaps(columns.at, means);
  const sums = filled.map((_, layer) => at.map((__, index) => sumTo(filled, layer, index)));
  const series = lines.map((line) => ({
    ...lineSeries(line, colourOf(line, palette)),
    ...(line.tone === 'ink' ? {} : { fill: colourOf(line, palette) + AREA_ALPHA }),
  }));
  // The highest first, so that each lower layer is painted over it.
  const order = lines.map((_, index) => lines.length - 1 - index);
  return {
    data: [at, ...order.map((layer) => sums[layer])] as uPlot.AlignedData,
    series: [{}, ...order.map((layer) => series[layer] as uPlot.Series)],
    bands: [],
  };
}

const EMPTY = { mean: [], min: [], max: [] };

function sumTo(columns: readonly Column[], layer: number, index: number): number | null {
  let sum = 0;
  for (let below = 0; below <= layer; below += 1) {
    const value = columns[below]?.[index];
    if (value === null || value === undefined) return null;
    sum += value;
  }
  return sum;
}

function lineSeries(line: Line, stroke: string): uPlot.Series {
  return {
    label: line.label,
    stroke,
    width: 1.5,
    points: { show: false },
    ...(line.dashed ? { dash: [4, 4] } : {}),
  };
}

export function colourOf({ tone }: Line, palette: Palette): string {
  if (tone === 'ink') return palette.ink;
  return tone === 'own' ? palette.own : palette.water[tone];
}
