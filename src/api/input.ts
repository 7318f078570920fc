// What parameters look like. Text in a URL, checked and turned into what handlers work with.
import { z } from 'zod';
import type { SeriesRange } from '../history/history.ts';
import { HOUR, type Seconds } from '../units/index.ts';
import type { Refusal } from './problems.ts';

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** Number() takes '', ' 5 ' and '0x10' too. */
const decimal = (text: unknown) => (typeof text === 'string' && DECIMAL.test(text) ? Number(text) : text);

export const wholeNumber = (min: number, max: number) => z.preprocess(decimal, z.int().min(min).max(max));

export const hours = (min: number, max: number) =>
  z.preprocess(decimal, z.number().min(min).max(max)).default(24).describe('how far back, in hours');

export const pidParams = z.object({ pid: wholeNumber(0, Number.MAX_SAFE_INTEGER).describe('process id') });

export const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');

const time = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text) / 1000)
  .optional();

const YEAR_SECONDS = 31_622_400;

/** A chart is at most this many pixels wide; the store picks the resolution that fits. */
const MAX_POINTS = 5000;

export const range = {
  from: time.describe('ISO 8601; an hour before `to` when absent'),
  to: time.describe('ISO 8601; now when absent'),
  last: wholeNumber(1, YEAR_SECONDS).optional().describe('seconds before `to`, in place of `from`'),
  points: wholeNumber(2, MAX_POINTS).default(500).describe('at most this many points per series'),
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

/** A comma list of `names`, each at most once. */
export function nameList<Name extends string>(names: readonly Name[]) {
  return z
    .string()
    .transform((text) => [...new Set(text.split(','))])
    .pipe(z.array(z.enum(names as readonly [Name, ...Name[]])).min(1));
}
