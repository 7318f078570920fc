// The application's heap as its monitor's thread sees it: off the board, and straight from V8 when the board has gone stale
// because the application's event loop is blocked.
import { askMainThreadsHeap, type Board, type BoardReading } from '../heap/index.ts';
import { type HeapSample, present } from '../model/index.ts';
import type { HeapSource } from '../monitor/parts.ts';
import type { Bytes, Seconds } from '../units/index.ts';

/** The board is written every second; older than this, the event loop is late. */
const STALE_SECONDS: Seconds = 2.5;

/** A sample does not wait longer than this for a thread that is in a blocking system call. */
const ANSWER_SECONDS: Seconds = 0.5;

export function createBoardHeap(
  board: Board,
  wallSeconds: () => Seconds,
  oldSpaceLimitBytes: Bytes | undefined,
): HeapSource {
  return {
    async read(staleSeconds = STALE_SECONDS) {
      const reading = board.read(wallSeconds());
      if (!reading) return undefined;
      const stale = reading.heap.ageSeconds > staleSeconds;
      const heap = stale ? await refreshed(reading, wallSeconds()) : reading.heap;
      return { ...heap, ...present({ oldSpaceLimitBytes }) };
    },
    async usedBytes(ageSeconds) {
      const heap = board.read(wallSeconds())?.heap;
      if (heap && heap.ageSeconds <= ageSeconds) return heap.usedBytes;
      return (await askMainThreadsHeap(ANSWER_SECONDS))?.usedBytes;
    },
    requestsTotal: () => board.read(wallSeconds())?.requestsTotal,
  };
}

/** Used and total are new; the rest is as old as `ageSeconds` says. */
async function refreshed({ heap }: BoardReading, atSeconds: Seconds): Promise<HeapSample> {
  const usage = await askMainThreadsHeap(ANSWER_SECONDS);
  return usage ? { ...heap, ...usage, atSeconds } : heap;
}
