// A series and its verdict as an SVG picture: the readings, the floor that was judged, the lives between restarts, the line of the
// account that explains it best, and the band that 95 % of readings fall in.
import type { SeriesSample } from '../../leak/index.ts';
import { finding } from '../../leak/index.ts';
import type { SeriesPoint, Verdict } from '../../model/index.ts';
import { type Bytes, formatBytes, formatDuration, type Seconds } from '../../units/index.ts';

/** Readings to draw, thinned evenly when there are too many: a picture has only so many pixels. */
export interface Readings {
  add(sample: SeriesSample): void;
  readonly samples: readonly SeriesSample[];
}

const MOST_READINGS = 4000;

export function collectReadings(): Readings {
  let samples: SeriesSample[] = [];
  let every = 1;
  let count = 0;
  return {
    add(sample) {
      if (count % every === 0) samples.push(sample);
      count += 1;
      if (samples.length <= MOST_READINGS) return;
      samples = samples.filter((_, index) => index % 2 === 0);
      every *= 2;
    },
    get samples() {
      return samples;
    },
  };
}

const WIDTH = 960;
const HEIGHT = 420;
const LEFT = 84;
const RIGHT = 20;
const TOP = 64;
const BOTTOM = 44;
const TICKS = 5;

interface Frame {
  x(atSeconds: Seconds): string;
  y(bytes: Bytes): string;
  readonly from: Seconds;
  readonly to: Seconds;
  readonly most: Bytes;
}

export function plotSvg(title: string, verdict: Verdict, samples: readonly SeriesSample[]): string {
  const points = (kind: string) => verdict.evidence.find((each) => each.kind === kind)?.points ?? [];
  const frame = frameOf(samples, points('line'));
  const band = [...points('band-low'), ...points('band-high').toReversed()];
  const parts = [
    axes(frame),
    polyline(frame, column(samples, 'heapUsedBytes'), 'heap'),
    polyline(frame, column(samples, 'rssBytes'), 'rss'),
    band.length > 0 ? `<polygon class="band" points="${path(frame, band)}"/>` : '',
    points('restarts')
      .map((start) => restart(frame, start))
      .join(''),
    points('floor')
      .map((point) => dot(frame, point))
      .join(''),
    polyline(frame, points('line'), 'line'),
  ];
  const caption = `${title}: ${finding(verdict)}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(caption)}">
<style>${STYLE}</style>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<text x="${LEFT}" y="24" class="title">${escaped(caption)}</text>
${legend()}
${parts.filter((part) => part !== '').join('\n')}
</svg>
`;
}

const STYLE = `text{font:12px system-ui,sans-serif;fill:#333}.title{font-weight:600;font-size:14px}
polyline{fill:none;stroke-linejoin:round}.heap{stroke:#b9c3cc;stroke-width:1}.rss{stroke:#e7b9a0;stroke-width:1}
.line{stroke:#c2410c;stroke-width:2}.band{fill:#c2410c;fill-opacity:.12}.dot{fill:#0b6e99}
.grid{stroke:#e5e7eb}.restart{stroke:#6b7280;stroke-dasharray:4 3}`;

const LEGEND: readonly (readonly [string, string])[] = [
  ['#0b6e99', 'floor'],
  ['#c2410c', 'account and 95 % band'],
  ['#b9c3cc', 'heap used'],
  ['#e7b9a0', 'RSS'],
  ['#6b7280', 'restart'],
];

function legend(): string {
  let x = LEFT;
  return LEGEND.map(([colour, name]) => {
    const at = x;
    x += 34 + name.length * 7;
    return `<rect x="${at}" y="38" width="10" height="10" fill="${colour}"/><text x="${at + 15}" y="47">${name}</text>`;
  }).join('');
}

function frameOf(samples: readonly SeriesSample[], line: readonly SeriesPoint[]): Frame {
  const from = samples[0]?.atSeconds ?? 0;
  const to = Math.max(samples.at(-1)?.atSeconds ?? 0, from + 1e-9);
  const figures = samples.flatMap(({ rssBytes, heapUsedBytes, heapFloorBytes, externalBytes }) =>
    [rssBytes, heapUsedBytes, heapFloorBytes, externalBytes].filter((value) => value !== undefined),
  );
  const most = [...figures, ...line.map(({ value }) => value)].reduce((a, b) => Math.max(a, b), 1) * 1.05;
  const width = WIDTH - LEFT - RIGHT;
  const height = HEIGHT - TOP - BOTTOM;
  return {
    from,
    to,
    most,
    x: (atSeconds) => (LEFT + (width * (atSeconds - from)) / (to - from)).toFixed(1),
    y: (bytes) => (TOP + height * (1 - Math.max(0, bytes) / most)).toFixed(1),
  };
}

function axes(frame: Frame): string {
  const shares = Array.from({ length: TICKS + 1 }, (_, index) => index / TICKS);
  const levels = shares.map((share) => {
    const y = frame.y(share * frame.most);
    return `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}"/><text x="${LEFT - 8}" y="${y}" dy="4" text-anchor="end">${formatBytes(share * frame.most)}</text>`;
  });
  const times = shares.map((share) => {
    const age = share * (frame.to - frame.from);
    return `<text x="${frame.x(frame.from + age)}" y="${HEIGHT - 18}" text-anchor="middle">${formatDuration(age)}</text>`;
  });
  return [...levels, ...times].join('');
}

function column(samples: readonly SeriesSample[], name: 'heapUsedBytes' | 'rssBytes'): SeriesPoint[] {
  return samples.flatMap((sample) => {
    const value = sample[name];
    return value === undefined ? [] : [{ atSeconds: sample.atSeconds, value }];
  });
}

const path = (frame: Frame, points: readonly SeriesPoint[]) =>
  points.map(({ atSeconds, value }) => `${frame.x(atSeconds)},${frame.y(value)}`).join(' ');

const polyline = (frame: Frame, points: readonly SeriesPoint[], name: string) =>
  points.length === 0 ? '' : `<polyline class="${name}" points="${path(frame, points)}"/>`;

const dot = (frame: Frame, { atSeconds, value }: SeriesPoint) =>
  `<circle class="dot" r="2.2" cx="${frame.x(atSeconds)}" cy="${frame.y(value)}"/>`;

const restart = (frame: Frame, { atSeconds }: SeriesPoint) =>
  `<line class="restart" x1="${frame.x(atSeconds)}" x2="${frame.x(atSeconds)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"/>`;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign).replace(/\p{Cc}/gu, '?');
