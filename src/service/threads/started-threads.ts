// Notices which threads the calling thread starts, and which of them die because their heap is full: Node.js announces every
// Worker on a diagnostics channel. Errors are seen by the event emitter's monitor, which does not count as a listener, so that an
// error that nobody hears still ends the application.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { errorMonitor } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { countStarted, type ThreadInvitation } from './invitation.ts';
import { openOutbox } from './outbox.ts';

const STARTED = 'worker_threads';
const OUT_OF_MEMORY = 'ERR_WORKER_OUT_OF_MEMORY';

/** Returns what ends it. */
export function watchStartedThreads(invitation: ThreadInvitation): () => void {
  const tell = openOutbox(invitation);
  const started = (message: unknown): void => {
    const { worker } = message as { readonly worker: Worker };
    const { threadId } = worker;
    // Node.js before 22.20 does not tell it here.
    const name = 'threadName' in worker ? String(worker.threadName) : '';
    countStarted(invitation);
    worker.once(errorMonitor, (error: NodeJS.ErrnoException) => {
      if (error.code === OUT_OF_MEMORY) tell({ type: 'out-of-memory', threadId, name });
    });
  };
  subscribe(STARTED, started);
  return () => {
    unsubscribe(STARTED, started);
  };
}
