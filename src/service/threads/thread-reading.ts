// What one attached worker thread is known for: its name, its heap, whether it is sampled, its profile.
import { basename } from 'node:path';
import type { AttachedThread, SamplingDocument, SiteTable } from '../../heap/index.ts';
import { present, type ThreadHeap, type ThreadSampling, type WorkerThreadSample } from '../../model/index.ts';
import type { BufferReading } from '../../monitor/profiling/index.ts';
import type { ThreadDocument } from '../../monitor/threads/source.ts';
import type { Bytes, Seconds } from '../../units/index.ts';
import type { ThreadInvitation } from './invitation.ts';
import type { JoinedThread } from './joined-threads.ts';
import { readSamplingWish, type SamplingWish } from './sampling-wish.ts';
import type { SilentThreads } from './silent-threads.ts';

/** The board is written every second; older than this, the thread's event loop is late. */
const STALE_SECONDS: Seconds = 2.5;

/** A thread that has not answered by then is in a blocking system call. */
const HEAP_SECONDS: Seconds = 0.5;
const PROFILE_SECONDS: Seconds = 2;

export const UNNAMED = 'unnamed';

/** What is known of a thread apart from what it answers. */
export interface KnownThread {
  readonly joined: JoinedThread | undefined;
  readonly silent: SilentThreads;
  /** Absent without precise mode. */
  readonly sites: SiteTable | undefined;
  /** Absent where buffers are not attributed. */
  readonly buffers: BufferReading | undefined;
  /** As it was seen last. */
  readonly seenHeap: ThreadHeap | undefined;
}

export async function sampleOf(
  thread: AttachedThread,
  known: KnownThread,
  invitation: ThreadInvitation,
  atSeconds: Seconds,
): Promise<WorkerThreadSample> {
  const told = toldSampleOf({ ...thread, name: shownName(thread) }, known, invitation, atSeconds);
  return { ...told, ...present({ heap: (await heapOf(thread, known, atSeconds)) ?? told.heap }) };
}

/** What is known without asking it. */
export function toldSampleOf(
  { threadId, name }: Pick<WorkerThreadSample, 'threadId' | 'name'>,
  known: KnownThread,
  { wish }: ThreadInvitation,
  atSeconds: Seconds,
): WorkerThreadSample {
  return {
    threadId,
    name,
    sampling: samplingOf(readSamplingWish(wish), known),
    ...present({ heap: writtenHeap(known.joined, atSeconds) ?? aged(known.seenHeap, atSeconds) }),
  };
}

/** Otherwise it has ended, or its event loop is late. */
export function isHeardFrom(
  joined: JoinedThread | undefined,
  atSeconds: Seconds,
  maxAgeSeconds: Seconds = STALE_SECONDS,
): boolean {
  return (joined?.board.read(atSeconds)?.heap.ageSeconds ?? Number.POSITIVE_INFINITY) <= maxAgeSeconds;
}

/** A heap that cannot be asked for just now is there still: without it that of the process would seem to drop. */
function aged(seen: ThreadHeap | undefined, atSeconds: Seconds): ThreadHeap | undefined {
  return seen && { ...seen, ageSeconds: Math.max(0, atSeconds - seen.atSeconds) };
}

/**
 * Undefined for a thread that is not sampled or does not answer. Asked of every thread: one that was blocked from its start on is
 * sampled and could not say so.
 */
export async function documentOf(
  thread: AttachedThread,
  { joined, silent, sites, buffers }: KnownThread,
  { sampleBytes }: ThreadInvitation,
  atSeconds: Seconds,
): Promise<ThreadDocument | undefined> {
  const { threadId } = thread;
  if (!silent.mayAsk(threadId, atSeconds)) return undefined;
  const startedAtMs = performance.now();
  const answer = await thread.ask('HeapProfiler.getSamplingProfile', PROFILE_SECONDS);
  if (answer.kind === 'no-answer') silent.note(threadId, atSeconds);
  if (answer.kind !== 'answered') return undefined;
  return {
    threadId,
    name: shownName(thread),
    document: (answer.result as { profile: SamplingDocument }).profile,
    tookSeconds: (performance.now() - startedAtMs) / 1000,
    ...(joined?.sampler?.kind !== 'foreign' && { sampleBytes }),
    ...present({ sites, buffers }),
  };
}

function shownName({ name, url }: AttachedThread): string {
  return name || basename(url) || UNNAMED;
}

async function heapOf(
  thread: AttachedThread,
  { joined, silent }: KnownThread,
  atSeconds: Seconds,
): Promise<ThreadHeap | undefined> {
  const written = writtenHeap(joined, atSeconds);
  if (isHeardFrom(joined, atSeconds)) return written;
  if (!silent.mayAsk(thread.threadId, atSeconds)) return written;
  const answer = await thread.ask('Runtime.getHeapUsage', HEAP_SECONDS);
  if (answer.kind === 'no-answer') silent.note(thread.threadId, atSeconds);
  if (answer.kind !== 'answered') return written;
  const { usedSize: usedBytes, totalSize: totalBytes } = answer.result as {
    usedSize: Bytes;
    totalSize: Bytes;
  };
  // Used and total are new; the rest is as old as `ageSeconds` says.
  return { ageSeconds: 0, ...written, atSeconds, usedBytes, totalBytes };
}

/** As it stands on the thread's board. */
function writtenHeap(joined: JoinedThread | undefined, atSeconds: Seconds): ThreadHeap | undefined {
  const heap = joined?.board.read(atSeconds)?.heap;
  return heap && { ...heap, ...present({ oldSpaceLimitBytes: joined?.oldSpaceLimitBytes }) };
}

const WITHOUT_PRELOAD =
  'the preload did not run in it: it was started with execArgv or NODE_OPTIONS of its own, or with code from a string';

function samplingOf({ stackDepth }: SamplingWish, { joined, sites, buffers }: KnownThread): ThreadSampling {
  if (stackDepth === undefined) return notSampled('allocation profiling is off');
  if (!joined) return notSampled(WITHOUT_PRELOAD);
  const { sampler } = joined;
  if (!sampler) return notSampled('its event loop has not come round to it yet');
  if (sampler.kind === 'inspector')
    return notSampled(`V8's sampler cannot be started natively: ${sampler.reason}`);
  const buffersAttributedBytes = buffers?.sites.reduce((sum, { bytes }) => sum + bytes, 0);
  return { kind: 'sampled', ...present({ rewriting: sites?.report(), buffersAttributedBytes }) };
}

const notSampled = (reason: string): ThreadSampling => ({ kind: 'not-sampled', reason });
