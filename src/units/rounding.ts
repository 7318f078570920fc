// Rounding as Python's round() does it, because `percent` has to equal psutil's to the digit.
// toFixed() rounds an exact tie away from zero; Python rounds it to the even neighbour.

/**
 * Rounds half to even at `digits` decimal places, on the exact binary value of `value`, as Python 3's `round` does.
 * A double's exact decimal expansion has finitely many digits, so a tie can be seen exactly.
 */
export function roundHalfEven(value: number, digits = 0): number {
  if (!Number.isFinite(value)) return value;
  const nearest = Number(value.toFixed(digits));
  if (!isExactTie(value, digits)) return nearest;
  const scale = 10 ** digits;
  const below = Math.floor(value * scale);
  return (below % 2 === 0 ? below : below + 1) / scale;
}

/** A tie at `digits` places needs `digits + 1` decimals ending in 5 and nothing after: a multiple of a power of two only. */
function isExactTie(value: number, digits: number): boolean {
  const magnitude = Math.abs(value);
  // Past 2^52 a double has no fraction; below, toFixed's 60 further places show every digit that can follow.
  if (magnitude >= 2 ** 52) return false;
  const expansion = magnitude.toFixed(Math.min(100, digits + 60));
  const tail = expansion.slice(expansion.indexOf('.') + 1 + digits);
  return /^50*$/.test(tail);
}

/** `part` of `whole` in per cent, one decimal, as psutil's usage_percent: 0 when the whole is 0. */
export function usagePercent(part: number, whole: number, digits = 1): number {
  return whole === 0 ? 0 : roundHalfEven((part / whole) * 100, digits);
}
