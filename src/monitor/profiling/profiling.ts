// Allocation profiling while the monitor runs. Two things are read off the same sampler: *readings*, small and frequent, just
// after major collections, which tell what grows; and *snapshots*, whole profiles, kept when memory passes the threshold, when
// a leak begins, near the limit, or when somebody asks.
import type { Settings } from '../../config/index.ts';
import type { SiteReading } from '../../leak/index.ts';
import { type Profile, type ProfileBasis, type ProfileTrigger, present } from '../../model/index.ts';
import { joinThreads, type ThreadProfile } from '../../profile/index.ts';
import { type Bytes, MIB, type Seconds } from '../../units/index.ts';
import type { Clock } from '../clock.ts';
import type { BufferRecord, GrowingSite, Latest, SamplerReport, SnapshotOutcome } from '../monitor.ts';
import type { WorkerThreadSource } from '../threads/source.ts';
import { createThreadReadings, NO_THREADS, type ThreadReadings } from '../threads/thread-readings.ts';
import { AFTER_COLLECTION, AS_READ, createProfileReads, type FreshProfile } from './profile-reads.ts';
import { createSettledRead } from './settled-read.ts';
import { createSiteReadings, type SiteReadings } from './site-readings.ts';
import type { SnapshotKeeping } from './snapshot-keeping.ts';
import type { AllocationSource } from './source.ts';
import { createTracedReadings, type TracedMemory } from './traced-memory.ts';

/** Between two snapshots that somebody asked for. */
const LEAST_BETWEEN_REQUESTS_SECONDS: Seconds = 5;

/** A snapshot waits so long for a collection that takes the garbage away; somebody who asked for it, not as long. */
const COLLECTION_WAIT_SECONDS: Seconds = 2;
const REQUESTED_WAIT_SECONDS: Seconds = 1;

const REST_PER_PAUSE = 100;

/** Of a site in a reading: its record; its strings are shared between readings. */
const SITE_BYTES: Bytes = 120;

/** Who asks how much is traced waits no longer than this for a blocked thread, if there is an older reading. */
const TRACED_WAIT_SECONDS: Seconds = 3;

export interface Profiling {
  report(): SamplerReport;
  growingSites(): readonly GrowingSite[];
  /** As the thread reported them last; undefined where buffers are not attributed. */
  buffers(): BufferRecord | undefined;
  /** What growth is told from, oldest first; their times are monotonic. */
  siteReadings(): readonly SiteReading[];
  take(trigger: ProfileTrigger): Promise<SnapshotOutcome>;
  /** Read now, or the newest reading while the thread does not answer. Undefined when there is none. */
  tracedMemory(): Promise<TracedMemory | undefined>;
  resetPeak(): void;
  /** Of its readings in the monitor, roughly. */
  heldBytes(): Bytes;
  /** Has the profile saved as it is read, before anything else is done with it; keeps a snapshot of it if one is due. */
  captureNearLimit(save: (profile: Profile) => void): Promise<void>;
  /** Takes the reading that no collection has brought for long. */
  catchUp(): void;
  /** After each sample: takes what has become due. */
  observe(latest: Latest): void;
  stop(): void;
}

export interface ProfilingOptions {
  readonly source: AllocationSource;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly latest: () => Latest | undefined;
  readonly rssBytes: () => Bytes;
  readonly keeping: SnapshotKeeping;
  /** The watched process's worker threads, where they can be read. */
  readonly workerThreads?: WorkerThreadSource | undefined;
  /** Tells of an automatic snapshot that could not be taken, and why. */
  readonly onMissed: (trigger: ProfileTrigger, reason: string) => void;
}

export function createProfiling(options: ProfilingOptions): Profiling {
  const { source, settings, clock, latest, keeping } = options;
  const reads = createProfileReads({
    source,
    positions: keeping.knowledge.positions,
    clock,
    rssBytes: options.rssBytes,
    heapUsedBytes: () => latest()?.own.heap?.usedBytes,
  });
  const settledRead = createSettledRead(source, reads, clock);
  const readings = createSiteReadings(clock, keeping.knowledge);
  const threads = followThreads(options);
  const traced = createTracedReadings();
  let requestedAt = Number.NEGATIVE_INFINITY;
  /** By trigger: when the last automatic one was begun. */
  const begunAt = new Map<ProfileTrigger, Seconds>();
  let stopped = false;
  // A reading through the inspector collects by itself, and must stay rare: it comes with the snapshots alone.
  const follows = source.sampler.kind !== 'inspector';

  const read = async (basis: ProfileBasis): Promise<FreshProfile> => {
    const fresh = await reads.read(basis);
    if (fresh.kind === 'profile') follow(fresh.profile);
    return fresh;
  };
  const follow = (profile: Profile): void => {
    traced.see(profile, clock.wallSeconds());
    if (readings.isDue()) readings.add(profile);
  };
  const take = async (trigger: ProfileTrigger, waitSeconds: Seconds): Promise<SnapshotOutcome> => {
    const reading = settledRead(waitSeconds);
    const [fresh, workers] = await Promise.all([reading, threads.readAll(reading)]);
    if (fresh.kind !== 'profile') return fresh;
    follow(fresh.profile);
    const profile = withThreads(fresh.profile, workers, latest());
    return { kind: 'taken', snapshot: keeping.keep(profile, trigger) };
  };
  /** Near the limit there may be no time to wait, nor for more threads. */
  const takeAtOnce = async (trigger: ProfileTrigger): Promise<SnapshotOutcome> => {
    const fresh = await read(AS_READ);
    return fresh.kind === 'profile'
      ? { kind: 'taken', snapshot: keeping.keep(fresh.profile, trigger) }
      : fresh;
  };
  const onRequest = async (): Promise<SnapshotOutcome> => {
    const since = clock.monotonicSeconds() - requestedAt;
    if (since < LEAST_BETWEEN_REQUESTS_SECONDS)
      return { kind: 'too-soon', retryAfterSeconds: LEAST_BETWEEN_REQUESTS_SECONDS - since };
    requestedAt = clock.monotonicSeconds();
    return take('manual', REQUESTED_WAIT_SECONDS);
  };
  /** Between automatic snapshots. Through the inspector each one pauses the thread: for at most 1 % of the time. */
  const restSeconds = (): Seconds =>
    follows
      ? settings().tracemallocInterval
      : Math.max(settings().tracemallocInterval, REST_PER_PAUSE * (reads.lastPauseSeconds() ?? 0));
  const automatic = async (trigger: ProfileTrigger): Promise<SnapshotOutcome> => {
    const since = clock.monotonicSeconds() - (begunAt.get(trigger) ?? Number.NEGATIVE_INFINITY);
    const rest = restSeconds();
    if (since < rest) return { kind: 'too-soon', retryAfterSeconds: rest - since };
    begunAt.set(trigger, clock.monotonicSeconds());
    const outcome = await (trigger === 'near-limit'
      ? takeAtOnce(trigger)
      : take(trigger, COLLECTION_WAIT_SECONDS));
    if ('reason' in outcome) options.onMissed(trigger, outcome.reason);
    return outcome;
  };
  const captureNearLimit: Profiling['captureNearLimit'] = async (save) => {
    const fresh = await reads.read(AS_READ);
    if (fresh.kind !== 'profile') return;
    // What comes after it takes its time, and may never come.
    save(fresh.profile);
    follow(fresh.profile);
    const since = clock.monotonicSeconds() - (begunAt.get('near-limit') ?? Number.NEGATIVE_INFINITY);
    if (since < restSeconds()) return;
    begunAt.set('near-limit', clock.monotonicSeconds());
    keeping.keep(fresh.profile, 'near-limit');
  };
  const readSites = (basis: ProfileBasis): void => {
    if (!stopped && readings.isDue()) void read(basis);
  };
  const catchUp = (): void => {
    if (follows && readings.isOverdue()) readSites(AS_READ);
  };
  const tracedMemory = async (): Promise<TracedMemory | undefined> => {
    // A reading costs a millisecond or two; through the inspector it pauses the thread, for at most 1 % of the time.
    const rest = follows ? 0 : REST_PER_PAUSE * (reads.lastPauseSeconds() ?? 0);
    const newest = traced.memory();
    if (newest && clock.wallSeconds() - newest.atSeconds < rest) return newest;
    const reading = read(AS_READ);
    await (newest ? Promise.race([reading, delay(clock, TRACED_WAIT_SECONDS)]) : reading);
    return traced.memory();
  };
  const forget = source.onMajorCollection(() => {
    if (follows) readSites(AFTER_COLLECTION);
  });

  return {
    report: () => ({
      sampler: source.sampler,
      readings: reads.total(),
      ...present({ lastPauseSeconds: reads.lastPauseSeconds(), rewriting: source.sites?.report() }),
    }),
    growingSites: () => mostGrown(readings.growing(), threads.growing()),
    buffers() {
      const reading = source.buffers?.();
      const told = reading && { reading, ...present({ sites: source.sites }) };
      return told && keeping.buffers(told, options.workerThreads?.buffers());
    },
    siteReadings: () => readings.readings(),
    take: (trigger) => (trigger === 'manual' ? onRequest() : automatic(trigger)),
    tracedMemory,
    resetPeak: traced.resetPeak,
    heldBytes: () => (heldSites(readings) + threads.heldSites()) * SITE_BYTES,
    captureNearLimit,
    catchUp,
    observe({ own }) {
      threads.observe(own.workers?.threads ?? []);
      if (own.rssBytes >= settings().tracemallocThresholdMb * MIB) void automatic('threshold');
      catchUp();
    },
    stop() {
      stopped = true;
      forget();
      threads.stop();
      source.reader.close();
    },
  };
}

const heldSites = (readings: SiteReadings): number =>
  readings.readings().reduce((sum, { sites }) => sum + sites.length, 0);

function followThreads({ source, clock, keeping, workerThreads }: ProfilingOptions): ThreadReadings {
  if (!workerThreads) return NO_THREADS;
  const { sampler } = source;
  const known = sampler.kind === 'foreign' ? undefined : sampler;
  return createThreadReadings({
    source: workerThreads,
    clock,
    knowledge: keeping.knowledge,
    metadata: {
      calleesMayBeBilledToCallers: known?.inlining ?? true,
      ...present({ stackLimit: known?.stackDepth }),
    },
  });
}

/** The whole process: the heaps that the profile's sum can be checked against are those of all its threads. */
function withThreads(main: Profile, workers: readonly ThreadProfile[], latest: Latest | undefined): Profile {
  const { heapUsedBytes } = main.metadata;
  if (workers.length === 0 || heapUsedBytes === undefined) return joinThreads(main, workers);
  const ids = new Set(workers.map(({ thread }) => thread.id));
  const used = (latest?.own.workers?.threads ?? [])
    .filter(({ threadId }) => ids.has(threadId))
    .reduce((sum, { heap }) => sum + (heap?.usedBytes ?? 0), heapUsedBytes);
  return joinThreads({ ...main, metadata: { ...main.metadata, heapUsedBytes: used } }, workers);
}

/** Of all threads: more than one thread's list has, for each thread's own is shown beside it. */
const MAX_GROWING_SITES = 100;

/** The most grown first, with their shares of all. */
function mostGrown(
  onMain: readonly GrowingSite[],
  onWorkers: readonly GrowingSite[],
): readonly GrowingSite[] {
  if (onWorkers.length === 0) return onMain;
  const sites = [...onMain, ...onWorkers];
  const total = sites.reduce((sum, { growthBytes }) => sum + growthBytes, 0);
  return sites
    .toSorted((a, b) => b.growthBytes - a.growthBytes)
    .slice(0, MAX_GROWING_SITES)
    .map((each) => ({ ...each, share: each.growthBytes / total }));
}

function delay(clock: Clock, seconds: Seconds): Promise<void> {
  return new Promise((resolve) => {
    clock.after(seconds, resolve);
  });
}
