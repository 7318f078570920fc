// Which worker threads live, and how each is. The inspector tells which there are; of those that have the preload the figures stand on
// boards, as the main thread's do; of the others V8 tells what is used and what is committed. Attaching to threads that end is dangerous
// (see endings.ts): the inspector is asked when the boards do not tell, and not at all where threads come and go.
import { threadId as ownThreadId } from 'node:worker_threads';
import { type AttachedThread, withAttachedThreads } from '../../heap/index.ts';
import type { WorkerThreadSample } from '../../model/index.ts';
import type { Seconds } from '../../units/index.ts';
import { createEndings } from './endings.ts';
import { endedThreads, startedThreads, type ThreadInvitation } from './invitation.ts';
import type { KnownThreads } from './known-threads.ts';
import { isHeardFrom, type KnownThread, sampleOf, toldSampleOf, UNNAMED } from './thread-reading.ts';

/** As many as are watched; of a larger pool the rest are counted. */
const MAX_THREADS = 64;

/** When the main thread has not answered by then it is in a blocking system call. */
const ATTACH_SECONDS: Seconds = 0.5;

/** Where nobody looks which threads there are, one that was not heard from for so long is forgotten. */
const FORGOTTEN_SECONDS: Seconds = 60;

export interface LivingThreads {
  /** Reads them anew. */
  read(): Promise<readonly WorkerThreadSample[]>;
  /** As they were read last. */
  last(): readonly WorkerThreadSample[];
  notShown(): number;
  knownOf(threadId: number): KnownThread;
  /** Undefined where no thread was started, where they come and go, and where the main thread is in a blocking system call. */
  attach<T>(talk: (threads: readonly AttachedThread[]) => Promise<T>): Promise<T | undefined>;
}

type Named = Pick<WorkerThreadSample, 'threadId' | 'name'>;

export function openLivingThreads(
  invitation: ThreadInvitation,
  known: KnownThreads,
  wallSeconds: () => Seconds,
): LivingThreads {
  const endings = createEndings();
  let living: readonly WorkerThreadSample[] = [];
  let notShown = 0;
  let startedWhenLooked = 0;
  /** Also those beyond the most that are shown. */
  let found: ReadonlySet<number> = new Set();

  const seen = (threadId: number) => living.find((thread) => thread.threadId === threadId);
  const knownOf = (threadId: number): KnownThread => known.get(threadId, seen(threadId)?.heap);
  const comeAndGo = (): boolean => endings.areFrequent(endedThreads(invitation), wallSeconds());
  const shown = <T>(threads: readonly T[]): readonly T[] => {
    notShown = Math.max(0, threads.length - MAX_THREADS);
    return threads.slice(0, MAX_THREADS);
  };

  const look = (threads: readonly AttachedThread[]): Promise<readonly WorkerThreadSample[]> => {
    found = new Set(threads.map(({ threadId }) => threadId));
    known.keepOnly([...found]);
    return Promise.all(
      shown(threads).map((thread) => sampleOf(thread, knownOf(thread.threadId), invitation, wallSeconds())),
    );
  };
  const told = (threads: readonly Named[]): readonly WorkerThreadSample[] =>
    threads.map((thread) => toldSampleOf(thread, knownOf(thread.threadId), invitation, wallSeconds()));
  const mustLook = (): boolean =>
    startedThreads(invitation) !== startedWhenLooked ||
    living.some(({ threadId }) => !isHeardFrom(known.joined(threadId), wallSeconds())) ||
    known.joinedIds().some((threadId) => !found.has(threadId));

  const byInspector = async (): Promise<readonly WorkerThreadSample[]> => {
    const started = startedThreads(invitation);
    const samples = await withApplicationThreads(look);
    if (samples) startedWhenLooked = started;
    // Without an answer the main thread is in a blocking system call, and what was there is there still.
    return samples ?? told(living);
  };
  const byBoards = (): readonly WorkerThreadSample[] => {
    const heardWithin = (maxAgeSeconds?: Seconds) =>
      known
        .joinedIds()
        .filter((threadId) => isHeardFrom(known.joined(threadId), wallSeconds(), maxAgeSeconds));
    known.keepOnly(heardWithin(FORGOTTEN_SECONDS));
    const name = (threadId: number) => seen(threadId)?.name || known.joined(threadId)?.name || UNNAMED;
    return told(shown(heardWithin()).map((threadId) => ({ threadId, name: name(threadId) })));
  };
  const current = async (): Promise<readonly WorkerThreadSample[]> => {
    if (startedThreads(invitation) === 0) return [];
    if (comeAndGo()) return byBoards();
    return mustLook() ? byInspector() : told(living);
  };

  return {
    async read() {
      living = await current();
      return living;
    },
    last: () => living,
    notShown: () => notShown,
    knownOf,
    async attach(talk) {
      if (startedThreads(invitation) === 0 || comeAndGo()) return undefined;
      return withApplicationThreads((threads) => talk(threads.slice(0, MAX_THREADS)));
    },
  };
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
