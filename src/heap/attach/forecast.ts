// What reading a profile will cost the process. V8 collects all garbage before the inspector's own sampler answers, and that
// takes the longer the more there is: measured on Node.js 20 to 24, 62 to 153 ms at 100 MB of heap and 0.6 to 2.3 s at 1 GB.
import { type Bytes, formatBytes, GIB, MIB, type Seconds } from '../../units/index.ts';

export interface PauseForecast {
  readonly heapUsedBytes: Bytes;
  readonly lowSeconds: Seconds;
  readonly highSeconds: Seconds;
  /** So long that somebody should agree first. */
  readonly needsConsent: boolean;
}

const LOW_SECONDS_PER_MIB: Seconds = 0.0006;
const HIGH_SECONDS_PER_MIB: Seconds = 0.0023;
/** Above it the pause is likely to be noticed by whoever the process serves. */
const CONSENT_BYTES: Bytes = GIB;

export function forecastPause(heapUsedBytes: Bytes): PauseForecast {
  const mib = heapUsedBytes / MIB;
  return {
    heapUsedBytes,
    lowSeconds: mib * LOW_SECONDS_PER_MIB,
    highSeconds: mib * HIGH_SECONDS_PER_MIB,
    needsConsent: heapUsedBytes > CONSENT_BYTES,
  };
}

/** `a heap of 1.42 GiB for about 0.9 s to 3.3 s`. */
export function pauseText({ heapUsedBytes, lowSeconds, highSeconds }: PauseForecast): string {
  return `a heap of ${formatBytes(heapUsedBytes)} for about ${secondsText(lowSeconds)} to ${secondsText(highSeconds)}`;
}

function secondsText(seconds: Seconds): string {
  return seconds < 1 ? `${Math.ceil(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`;
}
