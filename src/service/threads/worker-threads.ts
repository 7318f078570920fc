// The application's worker threads as the monitor's thread sees them. Which there are, the inspector tells; of those that have
// the preload the figures stand on boards, as the main thread's do; of the others V8 tells what is used and what is committed.
import { BroadcastChannel, threadId as ownThreadId } from 'node:worker_threads';
import {
  type AttachedThread,
  createThreadSites,
  type SiteTable,
  withAttachedThreads,
} from '../../heap/index.ts';
import { present, type ThreadDeath, type WorkerThreadSample, type WorkerThreads } from '../../model/index.ts';
import type {
  ThreadBuffers,
  ThreadDocument,
  ThreadEvent,
  WorkerThreadSource,
} from '../../monitor/threads/source.ts';
import type { Seconds } from '../../units/index.ts';
import { sayListening, startedThreads, type ThreadInvitation, type ThreadMessage } from './invitation.ts';
import { createJoinedThreads, type JoinedThreads } from './joined-threads.ts';
import { createSilentThreads } from './silent-threads.ts';
import { createBuffersByThread } from './thread-buffers.ts';
import { documentOf, type KnownThread, sampleOf, UNNAMED, writtenHeap } from './thread-reading.ts';

/** As many as are watched; of a larger pool the rest are counted. */
const MAX_THREADS = 64;
const MAX_DEATHS = 20;

/** When the main thread has not answered by then it is in a blocking system call. */
const ATTACH_SECONDS: Seconds = 0.5;

export interface WorkerThreadOptions {
  readonly invitation: ThreadInvitation;
  readonly wallSeconds: () => Seconds;
  /** Of the main thread; absent without precise mode. */
  readonly mainSites?: SiteTable | undefined;
}

export function openWorkerThreads(options: WorkerThreadOptions): WorkerThreadSource {
  const { invitation, wallSeconds, mainSites } = options;
  const joined = createJoinedThreads();
  const sites = mainSites && createThreadSites(mainSites);
  const buffers = createBuffersByThread();
  const silent = createSilentThreads();
  /** Since the threads were last looked at: one that has told something may not be among the living yet. */
  const heard = new Set<number>();
  const deaths = createDeaths();
  const listeners = new Set<(event: ThreadEvent) => void>();
  let living: readonly WorkerThreadSample[] = [];
  let notShown = 0;
  const tell = (event: ThreadEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const channel = listenTo(invitation, (message) => {
    heard.add(message.threadId);
    switch (message.type) {
      case 'joined':
        return joined.add(message);
      case 'file-loaded':
        return sites?.add(message.threadId, message.file);
      case 'buffers':
        return buffers.take(message.threadId, message.report);
      case 'major-collection':
        return tell(message);
      case 'out-of-memory':
        return tell({ type: message.type, death: deaths.add(message, living, wallSeconds()) });
    }
  });
  const knownOf = ({ threadId }: AttachedThread): KnownThread => ({
    joined: joined.get(threadId),
    silent,
    sites: sites?.of(threadId),
    buffers: buffers.reading(threadId),
    seenHeap: living.find((thread) => thread.threadId === threadId)?.heap,
  });
  const forgetEnded = (threads: readonly AttachedThread[]): void => {
    const kept = [...threads.map(({ threadId }) => threadId), ...heard];
    heard.clear();
    joined.keepOnly(kept);
    sites?.keepOnly(kept);
    buffers.keepOnly(kept);
  };
  const look = async (threads: readonly AttachedThread[]): Promise<readonly WorkerThreadSample[]> => {
    forgetEnded(threads);
    notShown = Math.max(0, threads.length - MAX_THREADS);
    return Promise.all(
      threads
        .slice(0, MAX_THREADS)
        .map((thread) => sampleOf(thread, knownOf(thread), invitation, wallSeconds())),
    );
  };

  return {
    async read(): Promise<WorkerThreads> {
      if (startedThreads(invitation) > 0)
        // Without an answer the main thread is in a blocking system call, and what was there is there still.
        living = (await withApplicationThreads(look)) ?? refreshed(living, joined, wallSeconds());
      return { threads: living, notShown, ...deaths.read() };
    },
    async readProfiles(wanted) {
      if (startedThreads(invitation) === 0) return [];
      const documents = await withApplicationThreads((threads) => {
        const asked = threads.slice(0, MAX_THREADS).filter(({ threadId }) => wanted(threadId));
        return Promise.all(
          asked.map((thread) => documentOf(thread, knownOf(thread), invitation, wallSeconds())),
        );
      });
      return (documents ?? []).filter((document): document is ThreadDocument => document !== undefined);
    },
    buffers: () =>
      living.flatMap(({ threadId: id, name }): readonly ThreadBuffers[] => {
        const reading = buffers.reading(id);
        return reading ? [{ thread: { id, name }, reading, ...present({ sites: sites?.of(id) }) }] : [];
      }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => channel.close(),
  };
}

function listenTo(invitation: ThreadInvitation, hear: (message: ThreadMessage) => void): BroadcastChannel {
  const channel = new BroadcastChannel(invitation.channel);
  channel.onmessage = (event) => hear((event as MessageEvent).data as ThreadMessage);
  sayListening(invitation);
  return channel;
}

/** All but our own, by id. */
function withApplicationThreads<T>(
  talk: (threads: readonly AttachedThread[]) => Promise<T>,
): Promise<T | undefined> {
  return withAttachedThreads(ATTACH_SECONDS, (threads) =>
    talk(
      threads.filter(({ threadId }) => threadId !== ownThreadId).toSorted((a, b) => a.threadId - b.threadId),
    ),
  );
}

/** As new as the boards are. */
function refreshed(
  samples: readonly WorkerThreadSample[],
  joined: JoinedThreads,
  atSeconds: Seconds,
): readonly WorkerThreadSample[] {
  return samples.map((sample) => ({
    ...sample,
    ...present({ heap: writtenHeap(joined.get(sample.threadId), atSeconds) }),
  }));
}

interface Deaths {
  add(
    dead: { readonly threadId: number; readonly name: string },
    seen: readonly WorkerThreadSample[],
    atSeconds: Seconds,
  ): ThreadDeath;
  read(): Pick<WorkerThreads, 'outOfMemory' | 'outOfMemoryTotal'>;
}

function createDeaths(): Deaths {
  let newest: readonly ThreadDeath[] = [];
  let total = 0;
  return {
    add({ threadId, name }, seen, atSeconds) {
      const last = seen.find((thread) => thread.threadId === threadId);
      const death = {
        threadId,
        name: last?.name ?? (name || UNNAMED),
        atSeconds,
        ...present({ heap: last?.heap }),
      };
      newest = [...newest, death].slice(-MAX_DEATHS);
      total += 1;
      return death;
    },
    read: () => ({ outOfMemory: newest, outOfMemoryTotal: total }),
  };
}
