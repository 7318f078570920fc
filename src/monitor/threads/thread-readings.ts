// What grows in each worker thread. As on the main thread, a thread is read just after a major collection of its own, at most as
// often as its series wants it, and all the same when it seldom collects. All that are due are read in one round, for attaching
// to one thread attaches to all of them.
import { type Profile, type ProfileMetadata, present, type WorkerThreadSample } from '../../model/index.ts';
import { leastOfReadings, type ThreadProfile } from '../../profile/index.ts';
import type { Bytes, Seconds } from '../../units/index.ts';
import type { Clock } from '../clock.ts';
import type { GrowingSite } from '../monitor.ts';
import { createFramePlaces } from '../profiling/frame-places.ts';
import { liveProfile } from '../profiling/live-profile.ts';
import type { SourceKnowledge } from '../profiling/mapped-profile.ts';
import { type ObjectCount, objectCounter } from '../profiling/object-count.ts';
import { createSiteReadings, type SiteReadings } from '../profiling/site-readings.ts';
import type { ThreadDocument, WorkerThreadSource } from './source.ts';

/** Between two rounds: each interrupts every thread for a moment. */
const REST_SECONDS: Seconds = 1;

/** Of a reading. Fewer than of the main thread, for there may be 64 threads. */
const SITES_PER_READING = 32;

export interface ThreadReadings {
  /** Those that live: forgets the others, and reads those that have not collected for long. */
  observe(threads: readonly WorkerThreadSample[]): void;
  growing(): readonly GrowingSite[];
  /**
   * The profiles of all threads that are sampled and answer: of each the least of what it has now and what it has when `wait` is
   * over. One that did not answer now counts with the second.
   */
  readAll(wait: Promise<unknown>): Promise<readonly ThreadProfile[]>;
  /** Sites kept in all readings. */
  heldSites(): number;
  stop(): void;
}

export interface ThreadReadingsOptions {
  readonly source: WorkerThreadSource;
  readonly clock: Clock;
  readonly knowledge: SourceKnowledge;
  /** As on the main thread. */
  readonly metadata: Pick<ProfileMetadata, 'stackLimit' | 'calleesMayBeBilledToCallers'>;
}

/** Of a process whose threads cannot be read. */
export const NO_THREADS: ThreadReadings = {
  observe: () => {},
  growing: () => [],
  readAll: async () => [],
  heldSites: () => 0,
  stop: () => {},
};

interface FollowedThread {
  name: string;
  readonly readings: SiteReadings;
}

export function createThreadReadings({
  source,
  clock,
  knowledge,
  metadata,
}: ThreadReadingsOptions): ThreadReadings {
  const followed = new Map<number, FollowedThread>();
  const due = new Set<number>();
  const toProfile = createProfiles(metadata, knowledge, clock);
  let nextRoundAt = Number.NEGATIVE_INFINITY;
  let cancelRound: (() => void) | undefined;

  const follow = (threadId: number): FollowedThread => {
    const known = followed.get(threadId);
    if (known) return known;
    const added = { name: '', readings: createSiteReadings(clock, knowledge, SITES_PER_READING) };
    followed.set(threadId, added);
    return added;
  };
  const see = (document: ThreadDocument, earlier?: ThreadDocument): ThreadProfile => {
    const { threadId: id, name, sites } = document;
    // Both by what is known of the thread's files by now: otherwise the same stack would be two.
    const before = earlier ? [toProfile({ ...earlier, ...present({ sites }) })] : [];
    const profile = leastOfReadings(toProfile(document), before);
    const thread = follow(id);
    thread.name = name;
    if (thread.readings.isDue()) thread.readings.add(profile);
    return { thread: { id, name }, profile };
  };
  const round = async (): Promise<void> => {
    cancelRound = undefined;
    nextRoundAt = clock.monotonicSeconds() + REST_SECONDS;
    const wanted = new Set(due);
    due.clear();
    for (const document of await source.readProfiles((threadId) => wanted.has(threadId))) see(document);
  };
  const request = (threadId: number): void => {
    due.add(threadId);
    const waitSeconds = Math.max(0, nextRoundAt - clock.monotonicSeconds());
    cancelRound ??= clock.after(waitSeconds, () => void round());
  };
  const forget = source.subscribe((event) => {
    if (event.type === 'major-collection' && follow(event.threadId).readings.isDue()) request(event.threadId);
  });

  return {
    observe(threads) {
      const living = new Set(threads.map(({ threadId }) => threadId));
      for (const threadId of followed.keys()) if (!living.has(threadId)) followed.delete(threadId);
      for (const { threadId, sampling } of threads)
        if (sampling.kind === 'sampled' && follow(threadId).readings.isOverdue()) request(threadId);
    },
    growing: () =>
      [...followed].flatMap(([id, { name, readings }]) =>
        readings.growing().map((grown) => ({ ...grown, site: { ...grown.site, thread: { id, name } } })),
      ),
    async readAll(wait) {
      const [before] = await Promise.all([source.readProfiles(() => true), wait]);
      const now = await source.readProfiles(() => true);
      return now.map((document) =>
        see(
          document,
          before.find(({ threadId }) => threadId === document.threadId),
        ),
      );
    },
    heldSites: () =>
      [...followed.values()]
        .flatMap(({ readings }) => readings.readings())
        .reduce((sum, { sites }) => sum + sites.length, 0),
    stop() {
      cancelRound?.();
      forget();
    },
  };
}

/** Counters of objects remember what they have found, so there is one for all threads of the same interval. */
function createProfiles(
  metadata: ThreadReadingsOptions['metadata'],
  knowledge: SourceKnowledge,
  clock: Clock,
): (document: ThreadDocument) => Profile {
  const counters = new Map<Bytes | undefined, ObjectCount>();
  return ({ document, sampleBytes, sites, buffers }) => {
    const objects = counters.get(sampleBytes) ?? objectCounter(sampleBytes);
    counters.set(sampleBytes, objects);
    const atSeconds = clock.wallSeconds();
    return liveProfile(
      document,
      { ...metadata, atSeconds, ...present({ sampleIntervalBytes: sampleBytes }) },
      objects,
      createFramePlaces(sites, knowledge.positions),
      buffers,
    );
  };
}
