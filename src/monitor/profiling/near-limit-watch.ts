// Looks at the heap's growth from the monitor's thread, and has what fills it put on disk each time it has come nearer to its limit.
// A timer on the application's own thread would never run in a loop that leaks.
import { createHeapPace, type HeapLook } from '../../heap/index.ts';
import type { Bytes, Seconds } from '../../units/index.ts';
import type { Clock } from '../clock.ts';

export interface NearLimitWatch {
  readonly clock: Clock;
  readonly limitBytes: Bytes;
  /** No older than so; undefined where the heap did not answer. */
  readonly usedBytes: (ageSeconds: Seconds) => Promise<Bytes | undefined>;
  readonly capture: (look: HeapLook) => Promise<void>;
}

/** The thread is in a blocking system call, where nothing allocates. */
const NO_ANSWER_WAIT: Seconds = 1;

/** Until the returned function is called. Neither function may throw. */
export function watchNearLimit({ clock, limitBytes, usedBytes, capture }: NearLimitWatch): () => void {
  const pace = createHeapPace(limitBytes);
  let stopped = false;
  let cancel = (): void => {};
  const look = async (ageSeconds: Seconds): Promise<void> => {
    const used = await usedBytes(ageSeconds);
    const wait =
      used === undefined ? NO_ANSWER_WAIT : await take({ atSeconds: clock.wallSeconds(), usedBytes: used });
    if (!stopped) cancel = clock.after(wait, () => void look(wait));
  };
  const take = async (seen: HeapLook): Promise<Seconds> => {
    const { capture: isDue, nextAfterSeconds } = pace(seen);
    if (isDue) await capture(seen);
    return nextAfterSeconds;
  };
  void look(0);
  return () => {
    stopped = true;
    cancel();
  };
}
