// Python orders strings by code point, JavaScript by UTF-16 unit. They differ where a surrogate pair (U+10000 and above)
// meets a character from U+E000 to U+FFFF.

/** Negative, 0 or positive, as Python's < and == would say. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** The unit, with surrogates above everything else. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
