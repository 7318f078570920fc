// What worker threads have told of themselves, each for as long as it lives.
import { createThreadSites, type SiteTable } from '../../heap/index.ts';
import type { ThreadHeap } from '../../model/index.ts';
import type { BufferReading } from '../../monitor/profiling/index.ts';
import type { ThreadMessage } from './invitation.ts';
import { createJoinedThreads, type JoinedThread } from './joined-threads.ts';
import { createSilentThreads } from './silent-threads.ts';
import { createBuffersByThread } from './thread-buffers.ts';
import type { KnownThread } from './thread-reading.ts';

type Told = Extract<ThreadMessage, { readonly type: 'joined' | 'file-loaded' | 'buffers' }>;

export interface KnownThreads {
  take(message: Told): void;
  get(threadId: number, seenHeap: ThreadHeap | undefined): KnownThread;
  joined(threadId: number): JoinedThread | undefined;
  joinedIds(): readonly number[];
  sites(threadId: number): SiteTable | undefined;
  buffers(threadId: number): BufferReading | undefined;
  /** Forgets the others, but for those that have told something since the last time: they may not be among the living yet. */
  keepOnly(living: readonly number[]): void;
}

export function createKnownThreads(mainSites: SiteTable | undefined): KnownThreads {
  const joined = createJoinedThreads();
  const sites = mainSites && createThreadSites(mainSites);
  const buffers = createBuffersByThread();
  const silent = createSilentThreads();
  const heard = new Set<number>();
  return {
    take(message) {
      heard.add(message.threadId);
      switch (message.type) {
        case 'joined':
          return joined.add(message);
        case 'file-loaded':
          return sites?.add(message.threadId, message.file);
        case 'buffers':
          return buffers.take(message.threadId, message.report);
      }
    },
    get: (threadId, seenHeap) => ({
      joined: joined.get(threadId),
      silent,
      sites: sites?.of(threadId),
      buffers: buffers.reading(threadId),
      seenHeap,
    }),
    joined: joined.get,
    joinedIds: joined.ids,
    sites: (threadId) => sites?.of(threadId),
    buffers: buffers.reading,
    keepOnly(living) {
      const kept = [...living, ...heard];
      heard.clear();
      joined.keepOnly(kept);
      sites?.keepOnly(kept);
      buffers.keepOnly(kept);
    },
  };
}
