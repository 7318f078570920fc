// Profiles of several threads as one. V8 samples each thread by itself; a person asks of a process. The main thread's stacks stay as
// they are, and those of a worker thread stand under an outermost frame that names it, `(worker resize #3)`: so every format and
// every tool shows which thread it was, and none has to know of threads.
import {
  type AllocationSite,
  NO_STACK,
  type Profile,
  type ProfileMetadata,
  type ProfileThread,
} from '../model/index.ts';
import { ProfileBuilder } from './builder.ts';
import { copyStacks } from './copied-stacks.ts';
import { allocationSites } from './diff.ts';
import { threadFrame, threadOfFrame } from './frame-origin.ts';

export interface ThreadProfile {
  readonly thread: ProfileThread;
  readonly profile: Profile;
}

export interface ThreadSite extends AllocationSite {
  /** Absent for the main thread. */
  readonly thread?: ProfileThread;
}

/** The main thread's profile with those of worker threads. */
export function joinThreads(main: Profile, workers: readonly ThreadProfile[]): Profile {
  if (workers.length === 0) return main;
  const builder = new ProfileBuilder();
  addStacks(builder, main, NO_STACK);
  for (const { thread, profile } of workers) {
    const frame = builder.frame({ functionName: threadFrame(thread), file: '', line: 0, column: 0 });
    addStacks(builder, profile, builder.stack(NO_STACK, frame));
  }
  return builder.build(withoutThread(main.metadata));
}

function withoutThread(metadata: ProfileMetadata): ProfileMetadata {
  const others: Partial<Record<'threadName', string>> & Omit<ProfileMetadata, 'threadName'> = { ...metadata };
  delete others.threadName;
  return others;
}

function addStacks(builder: ProfileBuilder, profile: Profile, under: number): void {
  const stacks = copyStacks(builder, profile, under);
  const { stack, bytes, count, domain } = profile.samples;
  for (const [sample, at] of stack.entries())
    builder.addSample(stacks[at] ?? 0, bytes[sample] ?? 0, count[sample] ?? 0, domain[sample]);
}

/** Where live memory was allocated, thread by thread, the largest first. */
export function threadSites(profile: Profile, top = Number.POSITIVE_INFINITY): ThreadSite[] {
  const threads = threadsOfStacks(profile);
  if (threads.every((thread) => thread === undefined)) return allocationSites(profile, top);
  return [...new Set(threads)]
    .flatMap((thread) =>
      allocationSites(
        samplesOf(profile, (stack) => threads[stack] === thread),
        top,
      ).map((site) => (thread ? { ...site, thread } : site)),
    )
    .sort((a, b) => b.liveBytes - a.liveBytes)
    .slice(0, top);
}

/** By stack; the same object for the same thread, undefined for the main thread. */
function threadsOfStacks(profile: Profile): (ProfileThread | undefined)[] {
  const { parent, frame } = profile.stacks;
  const { functionNames, frames } = profile;
  const threads: (ProfileThread | undefined)[] = [];
  // A parent comes before its children.
  for (const [stack, caller] of parent.entries()) {
    const name = functionNames[frames.functionName[frame[stack] ?? 0] ?? 0] ?? '';
    threads.push(caller === NO_STACK ? threadOfFrame(name) : threads[caller]);
  }
  return threads;
}

/** The profile with some of its samples. */
function samplesOf(profile: Profile, keeps: (stack: number) => boolean): Profile {
  const { stack, bytes, count, domain } = profile.samples;
  const kept = (_: unknown, sample: number): boolean => keeps(stack[sample] ?? 0);
  return {
    ...profile,
    samples: {
      stack: stack.filter(kept),
      bytes: bytes.filter(kept),
      count: count.filter(kept),
      domain: domain.filter(kept),
    },
  };
}
