// How often the process list is asked for: at every sample, within reason.
import type { Status } from '../../../src/api/wire.ts';

const LEAST_SECONDS = 5;
const MOST_SECONDS = 60;

export function refreshSeconds(status: Status | undefined): number {
  return Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, status?.sample_interval ?? 10));
}
