// What others do, in their own terms: each looks at the figures so far, whenever the judge looks, and says leak or not. Where a rule
// has a free threshold it is the one its users run it with, or, failing that, a usual level of significance.
import { mannKendall } from '../../src/leak/mann-kendall.ts';
import { theilSen } from '../../src/leak/theil-sen.ts';

export interface Figures {
  /** Seconds, and bytes; at most a few hundred, evenly taken from all there were so far. */
  readonly t: readonly number[];
  readonly bytes: readonly number[];
  readonly limit: number | undefined;
}

export interface Rival {
  readonly name: string;
  readonly rule: string;
  readonly saysLeak: (figures: Figures) => boolean;
}

interface Line {
  readonly slope: number;
  readonly intercept: number;
  readonly r2: number;
}

function fitLine(t: readonly number[], y: readonly number[]): Line {
  const n = t.length;
  const meanT = t.reduce((a, b) => a + b, 0) / n;
  const meanY = y.reduce((a, b) => a + b, 0) / n;
  let tt = 0;
  let ty = 0;
  let yy = 0;
  for (let i = 0; i < n; i++) {
    tt += ((t[i] ?? 0) - meanT) ** 2;
    ty += ((t[i] ?? 0) - meanT) * ((y[i] ?? 0) - meanY);
    yy += ((y[i] ?? 0) - meanY) ** 2;
  }
  const slope = tt > 0 ? ty / tt : 0;
  return { slope, intercept: meanY - slope * meanT, r2: tt > 0 && yy > 0 ? (ty * ty) / (tt * yy) : 0 };
}

const grownShare = ({ t, bytes }: Figures, slope: number) =>
  (slope * ((t.at(-1) ?? 0) - (t[0] ?? 0))) / (bytes.reduce((a, b) => a + b, 0) / bytes.length);

/** So many floors (least values) of as many equal parts. */
function floorsOf(bytes: readonly number[], parts: number): number[] {
  return Array.from({ length: parts }, (_, part) =>
    Math.min(
      ...bytes.slice(
        Math.floor((part * bytes.length) / parts),
        Math.max(1, Math.floor(((part + 1) * bytes.length) / parts)),
      ),
    ),
  );
}

export const RIVALS: readonly Rival[] = [
  {
    name: 'least squares',
    rule: 'the line rises by more than 5 % of the mean',
    saysLeak: (figures) => grownShare(figures, fitLine(figures.t, figures.bytes).slope) > 0.05,
  },
  {
    name: 'R²',
    rule: 'the line rises by more than 5 % and R² is above 0.7',
    saysLeak: (figures) => {
      const line = fitLine(figures.t, figures.bytes);
      return line.r2 > 0.7 && grownShare(figures, line.slope) > 0.05;
    },
  },
  {
    name: 'Mann–Kendall and Sen',
    rule: 'p < 0.005 by Mann–Kendall (Hamed–Rao), Sen’s lower bound above 0, growth above 5 %',
    saysLeak: (figures) => {
      const floors = floorsOf(figures.bytes, Math.min(36, figures.bytes.length));
      const span = (figures.t.at(-1) ?? 0) - (figures.t[0] ?? 0);
      const points = floors.map((value, index) => ({ atSeconds: (index * span) / floors.length, value }));
      const sen = theilSen(points);
      if (sen === undefined || sen.low <= 0 || grownShare(figures, sen.slope) < 0.05) return false;
      return mannKendall(floors, { autocorrelated: true }).pRising < 0.005;
    },
  },
  {
    name: 'predict_linear',
    rule: 'the last hour’s line reaches the limit within 4 hours (limits are known to it where they are to no other)',
    saysLeak: ({ t, bytes, limit }) => {
      if (limit === undefined) return false;
      const now = t.at(-1) ?? 0;
      const from = t.findIndex((time) => time >= now - 3600);
      const line = fitLine(t.slice(from), bytes.slice(from));
      return line.intercept + line.slope * (now + 4 * 3600) > limit;
    },
  },
  {
    name: 'growing floor',
    rule: 'the floors of eight parts of the last third rise at every step',
    saysLeak: ({ bytes }) => {
      const floors = floorsOf(bytes.slice(Math.floor((bytes.length * 2) / 3)), 8);
      return floors.every((floor, index) => index === 0 || floor > (floors[index - 1] ?? 0));
    },
  },
];
