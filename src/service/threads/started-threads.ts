// Notices which threads the calling thread starts, how many of them have ended, and which die because their heap is full: Node.js
// announces every Worker on a diagnostics channel. Errors are seen by the event emitter's monitor, which does not count as a
// listener, so that an error that nobody hears still ends the application. Ends are looked for when the next thread is started:
// that takes no listener and no timer, and where threads come and go there is always a next.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { errorMonitor } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { countEnded, countStarted, type ThreadInvitation } from './invitation.ts';
import { openOutbox } from './outbox.ts';

const STARTED = 'worker_threads';
const OUT_OF_MEMORY = 'ERR_WORKER_OUT_OF_MEMORY';
/** The id of a thread that has ended. */
const NO_ID = -1;

/** Returns what ends it. */
export function watchStartedThreads(invitation: ThreadInvitation): () => void {
  const tell = openOutbox(invitation);
  const running = new Set<Worker>();
  const countEndings = (): void => {
    const ended = [...running].filter(({ threadId }) => threadId === NO_ID);
    for (const worker of ended) running.delete(worker);
    countEnded(invitation, ended.length);
  };
  const started = (message: unknown): void => {
    const { worker } = message as { readonly worker: Worker };
    const { threadId } = worker;
    // Node.js before 22.20 does not tell it here.
    const name = 'threadName' in worker ? String(worker.threadName) : '';
    countStarted(invitation);
    countEndings();
    running.add(worker);
    worker.once(errorMonitor, (error: NodeJS.ErrnoException) => {
      if (error.code === OUT_OF_MEMORY) tell({ type: 'out-of-memory', threadId, name });
    });
  };
  subscribe(STARTED, started);
  return () => {
    unsubscribe(STARTED, started);
  };
}
