// Sizes as tracemalloc prints them: one decimal below 100 units, none above, five digits at most.
import { type Bytes, roundHalfEven } from '../../units/index.ts';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `1023 B`, `15.6 KiB`, `9999 MiB`; with `signed`, `+15.6 KiB`. */
export function sizeText(bytes: Bytes, signed = false): string {
  let size = bytes;
  for (const unit of UNITS) {
    if (Math.abs(size) < 100 && unit !== 'B') return `${decimal(size, 1, signed)} ${unit}`;
    if (Math.abs(size) < 10 * 1024 || unit === 'TiB') return `${decimal(size, 0, signed)} ${unit}`;
    size /= 1024;
  }
  throw new RangeError(`no size: ${bytes}`);
}

function decimal(value: number, digits: number, signed: boolean): string {
  // A negative number that rounds to 0 keeps its sign, as in C's printf.
  const sign = value < 0 ? '-' : signed ? '+' : '';
  return sign + Math.abs(roundHalfEven(value, digits)).toFixed(digits);
}
