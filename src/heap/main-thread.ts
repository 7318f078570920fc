// Asks the main thread's heap from a worker while the main thread is wedged. V8's inspector interrupts JavaScript that is
// running, so this answers during a busy loop, a runaway regular expression and Atomics.wait; not during a blocking system
// call such as execSync, where the answer comes when it returns.
import { Session } from 'node:inspector';
import type { Bytes, Seconds } from '../units/index.ts';

export interface HeapUsage {
  readonly usedBytes: Bytes;
  readonly totalBytes: Bytes;
}

/**
 * Heap use of the main thread, or undefined when it did not answer within `timeoutSeconds`. Only in a worker thread.
 * Costs the main thread at most about 2 ms.
 */
export function askMainThreadsHeap(timeoutSeconds: Seconds): Promise<HeapUsage | undefined> {
  const session = new Session();
  session.connectToMainThread();
  return new Promise((resolve) => {
    const finish = (usage: HeapUsage | undefined): void => {
      clearTimeout(timer);
      session.disconnect();
      resolve(usage);
    };
    // The timer also keeps the worker alive: a pending post does not.
    const timer = setTimeout(finish, timeoutSeconds * 1000, undefined);
    session.post('Runtime.getHeapUsage', (error: Error | null, answer?: object) => {
      const usage = answer as { usedSize: Bytes; totalSize: Bytes } | undefined;
      finish(error || !usage ? undefined : { usedBytes: usage.usedSize, totalBytes: usage.totalSize });
    });
  });
}
