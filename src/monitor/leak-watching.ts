// Feeds the judges and keeps their verdicts: the host, its swap, every tracked process, and of our own process the parts that
// only V8 can tell, for all its threads together and for each worker thread. Times are monotonic, laid on the wall clock of the
// start: a clock that is set must not bend a slope.
import { createLeakWatch, type SeriesSample } from '../leak/index.ts';
import { type ProcessSample, present, type Subject, type ThreadHeap, type Verdict } from '../model/index.ts';
import { type Bytes, MIB, type Seconds } from '../units/index.ts';
import type { Clock } from './clock.ts';
import type { Latest } from './monitor.ts';
import { processHeap } from './threads/process-heap.ts';

export interface LeakWatching {
  /** Takes in a sample with the processes that are tracked, and goes on judging for a bounded time. */
  observe(latest: Latest, tracked: readonly ProcessSample[]): void;
  /** Judges anew, within a bounded time; call it at every health check. */
  judge(): readonly Verdict[];
  /** As judged last, `not-enough-data` included. */
  verdicts(): readonly Verdict[];
  /** Those that people may be told of: without the leaks that were said only just now, or that come to next to nothing. */
  settled(): readonly Verdict[];
  verdictOn(subject: Subject): Verdict | undefined;
  /** What people call a subject: `node[4211]`. */
  nameOf(subject: Subject): string;
}

export const HOST: Subject = 'host';
export const SWAP: Subject = 'swap';
export const processSubject = (pid: number): Subject => `process:${pid}`;
export const workerSubject = (threadId: number): Subject => `worker:${threadId}`;

const OWN_PROGRAM = 'node';

interface Followed {
  readonly startTicks: number;
  readonly name: string;
}

export interface LeakWatchingOptions {
  readonly clock: Clock;
  readonly ownPid: number;
  /** A verdict that has become another one. */
  readonly onChange: (verdict: Verdict) => void;
}

export function createLeakWatching({ clock, ownPid, onChange }: LeakWatchingOptions): LeakWatching {
  const watch = createLeakWatch({ first: processSubject(ownPid) });
  const followed = new Map<number, Followed>();
  /** Names of the worker threads, by id. */
  const workers = new Map<number, string>();
  const startedAt = clock.wallSeconds() - clock.monotonicSeconds();
  const ownRate = createRate();
  let verdicts: readonly Verdict[] = [];
  const now = (): Seconds => startedAt + clock.monotonicSeconds();

  /** A process that is gone, or another one under its pid, leaves with its verdict. */
  const forgetOthers = (tracked: readonly ProcessSample[]): void => {
    const startTicks = new Map(tracked.map((process) => [process.pid, process.startTicks]));
    for (const [pid, known] of followed) {
      if (startTicks.get(pid) === known.startTicks) continue;
      followed.delete(pid);
      if (pid !== ownPid) watch.remove(processSubject(pid));
    }
  };
  const observeWorkers = ({ own }: Latest, atSeconds: Seconds): void => {
    const living = new Map(own.workers?.threads.map((thread) => [thread.threadId, thread]));
    for (const threadId of workers.keys())
      if (!living.has(threadId)) {
        workers.delete(threadId);
        watch.remove(workerSubject(threadId));
      }
    for (const [threadId, { name, heap }] of living) {
      workers.set(threadId, name);
      if (heap) watch.add(workerSubject(threadId), workerParts(heap, atSeconds));
    }
  };
  const observeHost = ({ host }: Latest, atSeconds: Seconds): void => {
    const { memory, swap } = host;
    if (memory) watch.add(HOST, { atSeconds, usedBytes: memory.usedBytes, limitBytes: memory.totalBytes });
    if (swap && swap.totalBytes > 0)
      watch.add(SWAP, { atSeconds, usedBytes: swap.usedBytes, limitBytes: swap.totalBytes });
  };

  return {
    observe(latest, tracked) {
      const atSeconds = now();
      observeHost(latest, atSeconds);
      observeWorkers(latest, atSeconds);
      forgetOthers(tracked);
      for (const { pid, startTicks, name, rssBytes } of tracked) {
        followed.set(pid, { startTicks, name });
        if (pid !== ownPid) watch.add(processSubject(pid), { atSeconds, rssBytes });
      }
      // Not out of the table: that may be another host's, where our pid is nobody's or somebody else's.
      const { rssBytes } = latest.own;
      watch.add(processSubject(ownPid), {
        atSeconds,
        rssBytes,
        ...ownParts(latest, ownRate(latest, atSeconds)),
      });
      watch.work();
    },
    judge() {
      const before = new Map(verdicts.map(({ subject, kind }) => [subject, kind]));
      verdicts = watch.check();
      for (const verdict of verdicts) {
        if ((before.get(verdict.subject) ?? 'not-enough-data') !== verdict.kind) onChange(verdict);
      }
      return verdicts;
    },
    verdicts: () => verdicts,
    settled: () =>
      verdicts.filter(
        (verdict) =>
          verdict.kind !== 'leaking' || (watch.isSettled(verdict.subject) && isMaterial(verdict, now())),
      ),
    verdictOn: watch.verdictOn,
    nameOf(subject) {
      const worker = /^worker:(\d+)$/.exec(subject)?.[1];
      if (worker !== undefined) return `worker ${workers.get(Number(worker)) ?? ''} #${worker}`;
      const pid = Number(/^process:(\d+)$/.exec(subject)?.[1]);
      const name = followed.get(pid)?.name ?? (pid === ownPid ? OWN_PROGRAM : undefined);
      return name === undefined ? subject : `${name}[${pid}]`;
    },
  };
}

/** What allocators give and take without a leak. */
const MATERIAL_BYTES: Bytes = 10 * MIB;

function isMaterial({ growthBytesPerSecond = 0, sinceSeconds }: Verdict, atSeconds: Seconds): boolean {
  return growthBytesPerSecond * (atSeconds - (sinceSeconds ?? atSeconds)) >= MATERIAL_BYTES;
}

/** What V8 says of all threads of our own process, and the limit that the kernel would kill it at. */
function ownParts({ own, host }: Latest, requestsPerSecond: number | undefined) {
  const heap = processHeap(own);
  const limit = host.cgroup?.limit;
  return present({
    heapFloorBytes: heap.floorBytes,
    heapUsedBytes: heap.usedBytes,
    // Without the heap's size, its room for more counts as native memory.
    heapTotalBytes: heap.totalBytes,
    externalBytes: heap.externalBytes,
    limitBytes: limit?.kind === 'limited' ? limit.bytes : undefined,
    requestsPerSecond,
  });
}

/** Of a thread that is blocked only what is used is new. */
function workerParts(heap: ThreadHeap, atSeconds: Seconds): SeriesSample {
  return {
    atSeconds,
    heapUsedBytes: heap.usedBytes,
    ...present({
      heapFloorBytes: heap.floorBytes,
      externalBytes: heap.externalBytes,
      limitBytes: heap.oldSpaceLimitBytes ?? heap.limitBytes,
    }),
  };
}

/** Requests a second since the sample before; undefined where none were ever served. */
function createRate(): (latest: Latest, atSeconds: Seconds) => number | undefined {
  let before: { total: number; atSeconds: Seconds } | undefined;
  return ({ own }, atSeconds) => {
    const total = own.requestsTotal;
    if (!total) return undefined;
    const rate =
      before && atSeconds > before.atSeconds
        ? Math.max(0, total - before.total) / (atSeconds - before.atSeconds)
        : undefined;
    before = { total, atSeconds };
    return rate;
  };
}
