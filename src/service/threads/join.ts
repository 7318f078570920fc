// What the preload does in a worker thread of the application: it starts the allocation sampler before the thread's own code, and
// writes the heap's figures on a board, as the stub does on the main thread. It opens nothing, holds nothing open and listens to
// nothing that the application could see.
import { threadId } from 'node:worker_threads';
import { createBoard } from '../../heap/board.ts';
import { watchGc } from '../../heap/gc.ts';
import { type Sampler, startSampler } from '../../heap/sampler/sampler.ts';
import { readThisThreadsHeap } from '../../heap/this-thread.ts';
import type { Seconds } from '../../units/index.ts';
import {
  findInvitation,
  type ThreadInvitation,
  tellMonitor,
  tellMonitorOnceItListens,
} from './invitation.ts';
import { watchStartedThreads } from './started-threads.ts';

/** As often as on the main thread. */
const WRITE_INTERVAL_SECONDS: Seconds = 1;

/** Does nothing where no monitor watches the process. */
export function joinMonitor(): void {
  const invitation = findInvitation();
  if (!invitation) return;
  const sampler = startThreadSampler(invitation);
  const board = createBoard();
  const write = (): void => board.write(readThisThreadsHeap(wallSeconds(), gc.read()), 0);
  const gc = watchGc(wallSeconds, () => {
    write();
    tellMonitor(invitation, { type: 'major-collection', threadId });
  });
  const { memory: boardMemory } = board;
  write();
  setInterval(write, WRITE_INTERVAL_SECONDS * 1000).unref();
  tellMonitorOnceItListens(invitation, {
    type: 'joined',
    threadId,
    boardMemory,
    ...(sampler && { sampler: sampler.state }),
  });
  watchStartedThreads(invitation);
}

/** V8's flags hold for the whole process, and the main thread has set them: inlining is not a thread's to switch. */
function startThreadSampler({ sampleBytes }: ThreadInvitation): Sampler | undefined {
  if (sampleBytes === undefined) return undefined;
  return startSampler({ sampleBytes, keepInlining: true, beforeApplication: true });
}

const wallSeconds = (): Seconds => Date.now() / 1000;
