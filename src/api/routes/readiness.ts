// Routes that show the newest sample have nothing to show before the first.
import type { Latest, Monitor } from '../../monitor/monitor.ts';
import type { Refusal } from '../problems.ts';

/** The first sample is taken at the start, so it is never far away. */
const RETRY_AFTER_SECONDS = 1;

export const NOT_READY: Refusal = {
  refusal: 'NOT_READY',
  headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
};

/** What `show` makes of the newest sample, or the refusal where there is none. */
export function withLatest<Shown>(monitor: Monitor, show: (latest: Latest) => Shown): Shown | Refusal {
  const latest = monitor.latest();
  return latest ? show(latest) : NOT_READY;
}
