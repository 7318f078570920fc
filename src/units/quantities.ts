// The quantities everything inside is measured in. Gigabytes, megabytes and snake_case exist only in the API's wire
// types; a name that holds a quantity ends in its unit (rssBytes, atSeconds), and these aliases say the same in signatures.

export type Bytes = number;

/** A duration in seconds, or, in a name that starts with `at` or ends with `At`, seconds since the Unix epoch. */
export type Seconds = number;

/** A part of a whole, 0 to 1. */
export type Ratio = number;

/** A part of a whole, 0 to 100. */
export type Percent = number;

export const KIB: Bytes = 1024;
export const MIB: Bytes = 1024 ** 2;
export const GIB: Bytes = 1024 ** 3;
export const HOUR: Seconds = 3600;
export const DAY: Seconds = 86_400;
