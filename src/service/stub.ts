// All that runs on the application's thread: it counts collections and requests, writes the heap's figures on the board, and keeps
// process.nextTick quick.
// Nothing here keeps the process alive or waits for anything.
import type { Board } from '../heap/board.ts';
import { watchGc } from '../heap/gc.ts';
import { readThisThreadsHeap } from '../heap/this-thread.ts';
import type { SlowEndpoint } from '../monitor/monitor.ts';
import type { Seconds } from '../units/index.ts';
import { watchRequests } from './requests.ts';
import { createTickHold } from './tick-object.ts';

/** How often the board is written: one write costs about 0.1 ms, so this is 0.01 % of a processor. */
const WRITE_INTERVAL_SECONDS: Seconds = 1;

export interface Stub {
  stop(): void;
}

export interface StubOptions {
  readonly board: Board;
  readonly wallSeconds: () => Seconds;
  readonly slowEndpointSeconds: () => Seconds;
  readonly onSlowEndpoint: (endpoint: SlowEndpoint) => void;
  readonly onMajorCollection: () => void;
}

export function startStub(options: StubOptions): Stub {
  const { board, wallSeconds } = options;
  const requests = watchRequests({
    thresholdSeconds: options.slowEndpointSeconds,
    wallSeconds,
    onSlow: options.onSlowEndpoint,
  });
  const write = (): void => board.write(readThisThreadsHeap(wallSeconds(), gc.read()), requests.total());
  const gc = watchGc(wallSeconds, () => {
    write();
    options.onMajorCollection();
  });
  const holdTick = createTickHold();
  const beat = (): void => {
    write();
    holdTick();
  };
  const timer = setInterval(beat, WRITE_INTERVAL_SECONDS * 1000);
  timer.unref();
  beat();
  return {
    stop: () => {
      clearInterval(timer);
      gc.stop();
      requests.stop();
    },
  };
}
