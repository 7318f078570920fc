// Whether threads end too often to attach to them. Node.js aborts where the main thread attaches to a worker thread, or leaves it, in
// just the microseconds in which that thread takes its inspector down (MainThreadInterface::Post in src/inspector, Node.js 22 to
// 26): once in some 3,000 times that somebody attaches, where 27 threads end a second. A pool's threads live for ever; where a thread is
// started for each task nothing is attached to. See docs/decisions/0010-worker-threads-that-end.md.
import type { Seconds } from '../../units/index.ts';

const WINDOW_SECONDS: Seconds = 60;
const MAX_ENDINGS = 3;

export interface Endings {
  /** `endedTotal`: since the start of the process. */
  areFrequent(endedTotal: number, nowSeconds: Seconds): boolean;
}

export function createEndings(): Endings {
  let seen: readonly { readonly endedTotal: number; readonly atSeconds: Seconds }[] = [
    { endedTotal: 0, atSeconds: Number.NEGATIVE_INFINITY },
  ];
  return {
    areFrequent(endedTotal, nowSeconds) {
      // The newest that is older than the window is what it is measured from.
      const since = seen.findLastIndex(({ atSeconds }) => nowSeconds - atSeconds >= WINDOW_SECONDS);
      seen = [...seen.slice(Math.max(0, since)), { endedTotal, atSeconds: nowSeconds }];
      return endedTotal - (seen[0]?.endedTotal ?? 0) > MAX_ENDINGS;
    },
  };
}
