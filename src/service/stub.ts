// All that runs on a thread of the application's once it has begun: every second and after every major collection it writes the heap's
// figures on the thread's board, with the requests that a watch has counted, and it keeps process.nextTick quick.
// Nothing here keeps the process alive or waits for anything.
import type { Board } from '../heap/board.ts';
import { watchGc } from '../heap/gc.ts';
import { readThisThreadsHeap } from '../heap/this-thread.ts';
import type { Seconds } from '../units/index.ts';
import type { RequestWatch } from './requests.ts';
import { createTickHold } from './tick-object.ts';

/** How often the board is written: one write costs about 0.1 ms, so this is 0.01 % of a processor. */
const INTERVAL_SECONDS: Seconds = 1;

export interface Stub {
  /** The watch on requests with it. */
  stop(): void;
}

export interface StubOptions {
  readonly board: Board;
  readonly wallSeconds: () => Seconds;
  readonly onMajorCollection: () => void;
  readonly requests?: RequestWatch;
  /** Every second, after the board was written; not at the start. */
  readonly onBeat?: () => void;
}

export function startStub({ board, wallSeconds, onMajorCollection, requests, onBeat }: StubOptions): Stub {
  const write = (): void =>
    board.write(readThisThreadsHeap(wallSeconds(), gc.read()), requests?.total() ?? 0);
  const gc = watchGc(wallSeconds, () => {
    write();
    onMajorCollection();
  });
  const holdTick = createTickHold();
  const beat = (): void => {
    write();
    holdTick();
  };
  const timer = setInterval(() => {
    beat();
    onBeat?.();
  }, INTERVAL_SECONDS * 1000);
  timer.unref();
  beat();
  return {
    stop: () => {
      clearInterval(timer);
      gc.stop();
      requests?.stop();
    },
  };
}
