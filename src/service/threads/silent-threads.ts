// Threads that did not answer are left in peace for a while: they are in a blocking system call. While a question to one is open, so
// is the session with the main thread, and a process that ends just then says on stderr that it waits for a debugger.
import type { Seconds } from '../../units/index.ts';

const PEACE_SECONDS: Seconds = 60;

export interface SilentThreads {
  mayAsk(threadId: number, nowSeconds: Seconds): boolean;
  note(threadId: number, nowSeconds: Seconds): void;
}

export function createSilentThreads(): SilentThreads {
  const silentSince = new Map<number, Seconds>();
  return {
    mayAsk: (threadId, nowSeconds) =>
      Math.abs(nowSeconds - (silentSince.get(threadId) ?? Number.NEGATIVE_INFINITY)) >= PEACE_SECONDS,
    note(threadId, nowSeconds) {
      for (const [other, sinceSeconds] of silentSince)
        if (nowSeconds - sinceSeconds >= PEACE_SECONDS) silentSince.delete(other);
      silentSince.set(threadId, nowSeconds);
    },
  };
}
