// From the units inside to the units on the wire. Python's rounding, because the first user's scripts compare with Python.
import { type Bytes, GIB, MIB, type Percent, roundHalfEven, type Seconds } from '../../units/index.ts';

export const toGigabytes = (bytes: Bytes): number => bytes / GIB;
export const toMegabytes = (bytes: Bytes): number => roundHalfEven(bytes / MIB, 2);
export const toMilliseconds = (seconds: Seconds): number => roundHalfEven(seconds * 1000, 2);
export const toPercent = (percent: Percent): number => roundHalfEven(percent, 2);

/** `{ [name]: convert(value) }`, or nothing where the kernel printed nothing: an absent field stays absent. */
export function field<Name extends string, Given, Shown>(
  name: Name,
  value: Given | undefined,
  convert: (value: Given) => Shown,
): { [N in Name]?: Shown } {
  return value === undefined ? {} : ({ [name]: convert(value) } as { [N in Name]: Shown });
}

export const asIs = <T>(value: T): T => value;
