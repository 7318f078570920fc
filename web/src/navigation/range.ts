// The stretch of time that every chart shows. It lives in the URL, so that a link shows a colleague the same thing.
import { DAY, HOUR, type Seconds } from '../../../src/units/index.ts';

export type Range =
  /** Up to now, and moving with it. */
  | { readonly kind: 'last'; readonly seconds: Seconds }
  | { readonly kind: 'between'; readonly fromSeconds: Seconds; readonly toSeconds: Seconds };

export interface Span {
  readonly fromSeconds: Seconds;
  readonly toSeconds: Seconds;
}

/** What the menu offers, by its name in the URL. */
export const LAST: Readonly<Record<string, Seconds>> = {
  '15m': 900,
  '1h': HOUR,
  '6h': 6 * HOUR,
  '24h': DAY,
  '7d': 7 * DAY,
  '30d': 30 * DAY,
};

export const DEFAULT_RANGE: Range = { kind: 'last', seconds: HOUR };

/** Closer than this there is nothing to see. */
const SHORTEST_SECONDS = 5;

export function readRange(params: URLSearchParams): Range {
  const seconds = LAST[params.get('range') ?? ''];
  if (seconds) return { kind: 'last', seconds };
  const from = Date.parse(params.get('from') ?? '') / 1000;
  const to = Date.parse(params.get('to') ?? '') / 1000;
  return to - from >= SHORTEST_SECONDS
    ? { kind: 'between', fromSeconds: from, toSeconds: to }
    : DEFAULT_RANGE;
}

/** The parameters that say so; none for the default. */
export function writeRange(range: Range): Readonly<Record<string, string>> {
  if (range.kind === 'between') return { from: iso(range.fromSeconds), to: iso(range.toSeconds) };
  const name = Object.keys(LAST).find((key) => LAST[key] === range.seconds);
  return name && range.seconds !== HOUR ? { range: name } : {};
}

export function spanOf(range: Range, nowSeconds: Seconds): Span {
  return range.kind === 'between'
    ? range
    : { fromSeconds: nowSeconds - range.seconds, toSeconds: nowSeconds };
}

/** Undefined where the stretch is too short to be a zoom. */
export function between(fromSeconds: Seconds, toSeconds: Seconds): Range | undefined {
  if (toSeconds - fromSeconds < SHORTEST_SECONDS) return undefined;
  return { kind: 'between', fromSeconds, toSeconds };
}

function iso(atSeconds: Seconds): string {
  return new Date(Math.round(atSeconds) * 1000).toISOString().replace('.000Z', 'Z');
}
