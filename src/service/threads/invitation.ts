// How the threads of an application find its monitor. The main thread leaves an invitation in the environment data of
// worker_threads, which every thread started from then on gets, nested ones included; a thread that has the preload takes it up.
// What they tell goes over a broadcast channel that is opened for one message at a time: nothing stays open in the application.
import { randomUUID } from 'node:crypto';
import { BroadcastChannel, getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import type { BufferReport, LoadedFile, SamplerState } from '../../heap/index.ts';
import type { Bytes } from '../../units/index.ts';
import type { Rewriting } from '../rewriting.ts';
import { createSamplingWish } from './sampling-wish.ts';

/** What threads are to do as the main thread does. */
export interface ThreadOrders {
  /** Mean allocated bytes between two samples, when they are taken. */
  readonly sampleBytes: Bytes;
  /** Whether buffers are attributed while allocations are sampled. */
  readonly buffers: boolean;
  /** What is done to modules as they are loaded; absent: nothing. */
  readonly rewriting?: Rewriting;
}

export interface ThreadInvitation extends ThreadOrders {
  readonly channel: string;
  /** LISTENING, STARTED and ENDED. */
  readonly counters: SharedArrayBuffer;
  /** Whether they are: see sampling-wish.ts. */
  readonly wish: SharedArrayBuffer;
}

/** What threads tell the monitor. */
export type ThreadMessage =
  | {
      readonly type: 'joined';
      readonly threadId: number;
      /** As its creator named it, otherwise after its file; before Node.js 22.20 always that. */
      readonly name: string;
      readonly boardMemory: SharedArrayBuffer;
      /** Of the thread's own heap: V8's heap_size_limit counts the young generation too. */
      readonly oldSpaceLimitBytes?: Bytes;
      /** Absent while nothing is sampled. It is told anew when that changes. */
      readonly sampler?: SamplerState;
    }
  | { readonly type: 'major-collection'; readonly threadId: number }
  /** It was rewritten, or could not be. */
  | { readonly type: 'file-loaded'; readonly threadId: number; readonly file: LoadedFile }
  | { readonly type: 'buffers'; readonly threadId: number; readonly report: BufferReport }
  /** It has ended because its heap was full. */
  | { readonly type: 'out-of-memory'; readonly threadId: number; readonly name: string };

const KEY = 'plimsoll';
const LISTENING = 0;
const STARTED = 1;
const ENDED = 2;
const COUNTERS = 3;

/** Leaves the invitation in the calling thread, for the threads that it starts. */
export function inviteThreads(orders: ThreadOrders): ThreadInvitation {
  const invitation: ThreadInvitation = {
    ...orders,
    channel: `plimsoll:${randomUUID()}`,
    counters: new SharedArrayBuffer(COUNTERS * Int32Array.BYTES_PER_ELEMENT),
    wish: createSamplingWish(),
  };
  setEnvironmentData(KEY, invitation as never);
  return invitation;
}

export function withdrawInvitation(): void {
  setEnvironmentData(KEY, undefined);
}

/** Undefined where no monitor watches the process. */
export function findInvitation(): ThreadInvitation | undefined {
  return getEnvironmentData(KEY) as unknown as ThreadInvitation | undefined;
}

/** Whoever listens says so here: what is told before is heard by nobody. */
export function sayListening({ counters }: ThreadInvitation): void {
  Atomics.store(new Int32Array(counters), LISTENING, 1);
}

export function countStarted({ counters }: ThreadInvitation): void {
  Atomics.add(new Int32Array(counters), STARTED, 1);
}

/** Threads that the application has started so far. */
export function startedThreads({ counters }: ThreadInvitation): number {
  return Atomics.load(new Int32Array(counters), STARTED);
}

export function countEnded({ counters }: ThreadInvitation, threads: number): void {
  Atomics.add(new Int32Array(counters), ENDED, threads);
}

/** Of those, as many as were seen to have ended when a later one was started. */
export function endedThreads({ counters }: ThreadInvitation): number {
  return Atomics.load(new Int32Array(counters), ENDED);
}

/** About 0.2 ms. Heard by nobody before the monitor listens. */
export function tellMonitor({ channel }: ThreadInvitation, ...messages: readonly ThreadMessage[]): void {
  const opened = new BroadcastChannel(channel);
  for (const message of messages) opened.postMessage(message);
  opened.close();
}

export function isListening({ counters }: ThreadInvitation): boolean {
  return Atomics.load(new Int32Array(counters), LISTENING) === 1;
}
