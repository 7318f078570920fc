// The parameters that several routes take.
import type { SeriesRange } from '../history/history.ts';
import { HOUR, type Seconds } from '../units/index.ts';
import {
  mapped,
  number,
  oneOf,
  optional,
  otherwise,
  type Parameter,
  time,
  wholeNumber,
} from './parameter.ts';
import type { Refusal } from './problems.ts';

export const hours = (min: number, max: number): Parameter<number> =>
  otherwise(number(min, max, 'how far back, in hours'), 24);

export const pidParams = { pid: wholeNumber(0, Number.MAX_SAFE_INTEGER, 'process id') };

export const flag = (description: string): Parameter<boolean> =>
  otherwise(
    mapped(oneOf(['true', 'false'], description), (word) => word === 'true'),
    false,
    'false',
  );

const YEAR_SECONDS = 31_622_400;

/** A chart is at most this many pixels wide; the store picks the resolution that fits. */
const MAX_POINTS = 5000;

export const stretch = {
  from: optional(time('ISO 8601; an hour before `to` when absent')),
  to: optional(time('ISO 8601; now when absent')),
  last: optional(wholeNumber(1, YEAR_SECONDS, 'seconds before `to`, in place of `from`')),
};

export const range = {
  ...stretch,
  points: otherwise(wholeNumber(2, MAX_POINTS, 'at most this many points per series'), 500),
};

interface RangeQuery {
  readonly from?: Seconds | undefined;
  readonly to?: Seconds | undefined;
  readonly last?: Seconds | undefined;
  readonly points?: number;
}

/** The range a query asks for, or why it is none. */
export function toRange(
  { from, to, last = HOUR, points }: RangeQuery,
  nowSeconds: Seconds,
): SeriesRange | Refusal {
  const toSeconds = to ?? nowSeconds;
  const fromSeconds = from ?? toSeconds - last;
  if (fromSeconds >= toSeconds) return { refusal: 'INVALID_PARAMETER', problems: [EMPTY_RANGE] };
  return { fromSeconds, toSeconds, ...(points === undefined ? {} : { maxPoints: points }) };
}

const EMPTY_RANGE = { name: 'from', value: 'not before `to`', allowed: 'a time before `to`' };
