// The worker threads that ran out of memory, the newest of them with what was last seen of each.
import { present, type ThreadDeath, type WorkerThreadSample, type WorkerThreads } from '../../model/index.ts';
import type { Seconds } from '../../units/index.ts';
import { UNNAMED } from './thread-reading.ts';

const MAX_DEATHS = 20;

export interface ThreadDeaths {
  add(
    dead: { readonly threadId: number; readonly name: string },
    seen: readonly WorkerThreadSample[],
    atSeconds: Seconds,
  ): ThreadDeath;
  read(): Pick<WorkerThreads, 'outOfMemory' | 'outOfMemoryTotal'>;
}

export function createThreadDeaths(): ThreadDeaths {
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
