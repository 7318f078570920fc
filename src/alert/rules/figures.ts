// Figures in messages: one decimal, ties to even, and gigabytes of 1024³ bytes, as the alert texts have always had them.
import { type Bytes, GIB, roundHalfEven } from '../../units/index.ts';

/** `91.2`, `90.0`. */
export function oneDecimal(value: number): string {
  return roundHalfEven(value, 1).toFixed(1);
}

/** `21.3` of bytes / 1024³. */
export function gigabytes(bytes: Bytes): string {
  return oneDecimal(bytes / GIB);
}
