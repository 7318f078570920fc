// Numbers as the kernel prints them: unsigned, decimal, at most 64 bits.

const UNSIGNED = /^\d{1,20}$/;
const PAST_64_BITS = 2 ** 64;

/**
 * `text` as an unsigned number, or undefined where it is anything else: a sign, a fraction, blanks, more than 64 bits.
 * Past 2^53 the nearest double, as for cgroup v1's "no limit".
 */
export function parseUnsigned(text: string): number | undefined {
  if (!UNSIGNED.test(text)) return undefined;
  const value = Number(text);
  return value <= PAST_64_BITS ? value : undefined;
}
