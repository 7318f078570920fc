// Why a process ended that left no word: out of its journal, of what it left at its heap's limit, and of what the kernel has
// counted since.
import type { DeathCause } from '../../model/index.ts';
import type { Bytes, Percent, Ratio } from '../../units/index.ts';
import type { Journal } from './journal.ts';
import type { JournalSample } from './journal-line.ts';

export interface KernelCounts {
  readonly cgroupOomKills?: number;
  readonly hostOomKills?: number;
}

export interface Ended {
  readonly journal: Journal;
  /** V8 called back at the limit itself, and the process did not live on. */
  readonly exported: boolean;
  /** What the kernel has counted by now. */
  readonly counts: KernelCounts;
}

/** From here on a heap is at its end: collections come one after another. */
const AT_LIMIT: Ratio = 0.9;
/** V8 aborts: then the heap need only have been on its way, a second or more before. */
const ON_THE_WAY: Ratio = 0.6;
/** Of the control group's limit, seconds before the kernel reached it. */
const NEAR_CGROUP_LIMIT: Ratio = 0.8;
const NEAR_HOST_LIMIT: Percent = 90;

/** Signals by which people and supervisors end a program, and it did not object. */
const ASKED = new Set(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']);

/** Undefined where it ended by itself, or because somebody wanted it to. */
export function causeOfDeath({ journal, exported, counts }: Ended): DeathCause | undefined {
  const { end, samples } = journal;
  const last = samples.at(-1);
  if (exported) return 'heap-limit';
  if (end && (end.signal === undefined || ASKED.has(end.signal))) return undefined;
  if (last && wasOomKilled(last, counts, end)) return 'oom-kill';
  if (end?.signal !== 'SIGKILL' && heapWasAtLimit(journal)) return 'heap-limit';
  return 'killed';
}

function wasOomKilled(last: JournalSample, counts: KernelCounts, end: Journal['end']): boolean {
  if (rose(counts.cgroupOomKills, last.cgroupOomKills)) return true;
  // Since this process was last seen: over a whole run somebody else's death would be taken for its own.
  const hostRose = rose(end?.hostOomKills ?? counts.hostOomKills, last.hostOomKills);
  return hostRose && (end?.signal === 'SIGKILL' || wasPressed(last));
}

/** Counters that fell have started over. */
function rose(now: number | undefined, before: number | undefined): boolean {
  return now !== undefined && before !== undefined && now > before;
}

/** Another process' death is counted as well: this one must have been near a limit itself. */
function wasPressed(sample: JournalSample): boolean {
  const { cgroupLimitBytes, hostMemoryPercent = 0 } = sample;
  if (cgroupLimitBytes !== undefined) return memoryUse(sample) >= NEAR_CGROUP_LIMIT * cgroupLimitBytes;
  return hostMemoryPercent >= NEAR_HOST_LIMIT;
}

/** RSS, or what its control group has where that is held to a limit: without one it may be all that a user runs. */
export function memoryUse({ rssBytes, cgroupBytes = 0, cgroupLimitBytes }: JournalSample): Bytes {
  return cgroupLimitBytes === undefined ? rssBytes : Math.max(rssBytes, cgroupBytes);
}

function heapWasAtLimit(journal: Journal): boolean {
  const share = journal.end?.signal === 'SIGABRT' ? ON_THE_WAY : AT_LIMIT;
  return (lastHeapUse(journal) ?? 0) >= share * journal.start.heapLimitBytes;
}

/** The newest that is known; undefined where the heap was never read. */
export function lastHeapUse({ samples, lastHeap }: Journal): Bytes | undefined {
  const last = samples.findLast(({ heapUsedBytes }) => heapUsedBytes !== undefined);
  const isNewer = lastHeap && lastHeap.atSeconds >= (last?.atSeconds ?? 0);
  return isNewer ? lastHeap.usedBytes : last?.heapUsedBytes;
}
