// Swap activity, not fullness: a full swap of idle pages harms nobody, pages that keep moving in and out stall whoever needs
// them. The rate is the mean between two checks, and the consecutive failures make it sustained.
import type { Observation, Severity } from '../../model/index.ts';
import { formatBytes, formatDuration, MIB } from '../../units/index.ts';
import { countersOf } from '../counters.ts';
import type { RuleInputs } from '../inputs.ts';
import { healthy, unknown } from './rule.ts';

const KEY = 'high_swap_activity';
const TITLE = 'High swap activity';

/**
 * 1,024 pages of 4 KiB a second, in and out together. At the 0.1 ms in which a solid-state disk answers one random read that
 * is a tenth of the time of one thread; a rotating disk, at about 100 reads a second, is far past its end. Moving idle pages
 * out once stays below it over a check's interval.
 */
export const SWAP_BYTES_PER_SECOND = 4 * MIB;
/** Rates differ by orders of magnitude, so severity rises by factors: four times is medium, sixteen times high. */
const MEDIUM_FACTOR = 4;
const HIGH_FACTOR = 16;

export function highSwapActivity({ host, previousCounters }: RuleInputs): Observation {
  const now = host && countersOf(host).swap;
  const before = previousCounters?.swap;
  if (!now || !before) return unknown(KEY);
  const seconds = now.atSeconds - before.atSeconds;
  // Counters that fell are another boot's; a clock that jumped back gives no rate.
  if (seconds <= 0 || now.inBytes < before.inBytes || now.outBytes < before.outBytes) return unknown(KEY);
  return judge((now.inBytes - before.inBytes) / seconds, (now.outBytes - before.outBytes) / seconds, seconds);
}

function judge(inPerSecond: number, outPerSecond: number, seconds: number): Observation {
  const rate = inPerSecond + outPerSecond;
  if (rate <= SWAP_BYTES_PER_SECOND) return healthy(KEY);
  return {
    key: KEY,
    outcome: 'breach',
    type: 'swap',
    severity: severityOfRate(rate),
    title: TITLE,
    message: `${TITLE}: ${formatBytes(inPerSecond)}/s in, ${formatBytes(outPerSecond)}/s out over ${formatDuration(seconds)}`,
  };
}

function severityOfRate(bytesPerSecond: number): Severity {
  if (bytesPerSecond > SWAP_BYTES_PER_SECOND * HIGH_FACTOR) return 'high';
  return bytesPerSecond > SWAP_BYTES_PER_SECOND * MEDIUM_FACTOR ? 'medium' : 'warning';
}
