// When growth comes to the limit. The limit is one on all of a process: compared with RSS where that is known, else with the stream itself.
import type { Seconds } from '../units/index.ts';
import type { StreamAnalysis } from './analysis.ts';
import type { HistoryView } from './history.ts';

/** Undefined where there is no limit; infinity for what does not grow. */
export function secondsToLimit(
  { record }: StreamAnalysis,
  { newest }: HistoryView,
  bytesPerSecond: number,
): Seconds | undefined {
  if (newest.limitBytes === undefined) return undefined;
  const now = newest.usedBytes ?? newest.rssBytes ?? record.values.at(-1) ?? 0;
  const left = Math.max(0, newest.limitBytes - now);
  return bytesPerSecond > 0 ? left / bytesPerSecond : Number.POSITIVE_INFINITY;
}
