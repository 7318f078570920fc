// Waiting that a stop cuts short.
import type { Seconds } from '../units/index.ts';

/** Calls back once, after a while, unless the returned function is called before. */
export type After = (seconds: Seconds, callback: () => void) => () => void;

export async function pause(after: After, seconds: Seconds, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = after(seconds, resolve);
  const end = () => resolve();
  stop.addEventListener('abort', end, { once: true });
  await promise;
  cancel();
  stop.removeEventListener('abort', end);
}
