// The Retry-After header (RFC 9110, 10.2.3): seconds, or a date.
import type { Seconds } from '../../units/index.ts';

/** How long to wait, never below 0; undefined when the header is absent or makes no sense. */
export function parseRetryAfter(header: string | null, nowSeconds: Seconds): Seconds | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text);
  // A date names its month; Date.parse alone would take `-5` for a year.
  const atSeconds = /[a-z]{3}/i.test(text) ? Date.parse(text) / 1000 : Number.NaN;
  return Number.isNaN(atSeconds) ? undefined : Math.max(0, atSeconds - nowSeconds);
}
