// The application's worker threads as the engine is given them: what they tell over the channel, which live, their profiles.
import { BroadcastChannel } from 'node:worker_threads';
import type { SiteTable } from '../../heap/index.ts';
import { present, type WorkerThreads } from '../../model/index.ts';
import type {
  ThreadBuffers,
  ThreadDocument,
  ThreadEvent,
  WorkerThreadSource,
} from '../../monitor/threads/source.ts';
import type { Seconds } from '../../units/index.ts';
import { sayListening, type ThreadInvitation, type ThreadMessage } from './invitation.ts';
import { createKnownThreads } from './known-threads.ts';
import { openLivingThreads } from './living-threads.ts';
import { createThreadDeaths } from './thread-deaths.ts';
import { documentOf } from './thread-reading.ts';

export interface WorkerThreadOptions {
  readonly invitation: ThreadInvitation;
  readonly wallSeconds: () => Seconds;
  /** Of the main thread; absent without precise mode. */
  readonly mainSites?: SiteTable | undefined;
}

export function openWorkerThreads(options: WorkerThreadOptions): WorkerThreadSource {
  const { invitation, wallSeconds, mainSites } = options;
  const known = createKnownThreads(mainSites);
  const living = openLivingThreads(invitation, known, wallSeconds);
  const deaths = createThreadDeaths();
  const listeners = new Set<(event: ThreadEvent) => void>();
  const tell = (event: ThreadEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const channel = listenTo(invitation, (message) => {
    switch (message.type) {
      case 'joined':
      case 'file-loaded':
      case 'buffers':
        return known.take(message);
      case 'major-collection':
        return tell(message);
      case 'out-of-memory':
        return tell({ type: message.type, death: deaths.add(message, living.last(), wallSeconds()) });
    }
  });

  return {
    async read(): Promise<WorkerThreads> {
      return { threads: await living.read(), notShown: living.notShown(), ...deaths.read() };
    },
    async readProfiles(wanted) {
      const documents = await living.attach((threads) =>
        Promise.all(
          threads
            .filter(({ threadId }) => wanted(threadId))
            .map((thread) => documentOf(thread, living.knownOf(thread.threadId), invitation, wallSeconds())),
        ),
      );
      return (documents ?? []).filter((document): document is ThreadDocument => document !== undefined);
    },
    buffers: () =>
      living.last().flatMap(({ threadId: id, name }): readonly ThreadBuffers[] => {
        const reading = known.buffers(id);
        return reading ? [{ thread: { id, name }, reading, ...present({ sites: known.sites(id) }) }] : [];
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
