// Trying again: with exponential backoff so that a receiver in trouble is left in peace, with jitter so that many monitors do
// not come back at once, and never before the receiver has asked for.
import type { Seconds } from '../../units/index.ts';
import type { ChannelOutcome } from '../channel.ts';
import type { AttemptResult } from './attempt.ts';

export interface RetryOptions {
  readonly maxRetries: number;
  /** 0 ≤ random() < 1. */
  readonly random: () => number;
  readonly sleep: (seconds: Seconds) => Promise<void>;
  /** Aborted: no further attempt is made. */
  readonly stop: AbortSignal;
}

const FIRST_WAIT: Seconds = 1;
/** Longer waits gain nothing: a receiver that is down for minutes will hear of a lasting alert by its reminder. */
const LONGEST_BACKOFF: Seconds = 60;
/** A receiver that asks for more is given up on; the reminder after the default deduplication window comes at about that time. */
export const LONGEST_RETRY_AFTER: Seconds = 300;

export async function withRetries(
  attempt: () => Promise<AttemptResult>,
  { maxRetries, random, sleep, stop }: RetryOptions,
): Promise<ChannelOutcome> {
  for (let attempts = 1; ; attempts += 1) {
    if (stop.aborted) return { outcome: 'failed', attempts: attempts - 1, detail: 'the monitor stopped' };
    const result = await attempt();
    if (result.kind === 'delivered') return { outcome: 'delivered', attempts, detail: result.detail };
    if (result.kind === 'refused' || attempts > maxRetries)
      return { outcome: 'failed', attempts, detail: result.detail };
    const asked = result.retryAfterSeconds ?? 0;
    if (asked > LONGEST_RETRY_AFTER)
      return {
        outcome: 'failed',
        attempts,
        detail: `${result.detail}; asks to wait for ${Math.ceil(asked)} s`,
      };
    await sleep(Math.max(asked, backoffSeconds(attempts - 1, random())));
  }
}

/** 1, 2, 4 … seconds, of which half is certain and half is chance. `retry` counts from 0. */
export function backoffSeconds(retry: number, chance: number): Seconds {
  return Math.min(LONGEST_BACKOFF, FIRST_WAIT * 2 ** retry) * (0.5 + chance / 2);
}
