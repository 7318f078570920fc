// A profile with as little garbage in it as waiting a little can bring: read just after a major collection if one comes, otherwise
// the least of readings over the wait.
import type { Profile } from '../../model/index.ts';
import { leastOfReadings } from '../../profile/index.ts';
import type { Seconds } from '../../units/index.ts';
import type { Clock } from '../clock.ts';
import { AFTER_COLLECTION, AS_READ, type FreshProfile, type ProfileReads } from './profile-reads.ts';
import type { AllocationSource } from './source.ts';

/** At the beginning of the wait, half-way and at the end. Each costs the thread a millisecond or two. */
const READINGS = 3;

export type SettledRead = (waitSeconds: Seconds) => Promise<FreshProfile>;

export function createSettledRead(source: AllocationSource, reads: ProfileReads, clock: Clock): SettledRead {
  // Through the inspector every reading collects by itself.
  if (source.sampler.kind === 'inspector') return () => reads.read(AFTER_COLLECTION);
  return async (waitSeconds) => {
    const collections = awaitCollection(source, clock);
    const earlier: Profile[] = [];
    try {
      for (let pause = 1; pause < READINGS && !collections.seen(); pause += 1) {
        const pausing = collections.wait(waitSeconds / (READINGS - 1));
        const fresh = await reads.read(AS_READ);
        if (fresh.kind !== 'profile') return fresh;
        earlier.push(fresh.profile);
        await pausing;
      }
      if (collections.seen()) return await reads.read(AFTER_COLLECTION);
      const fresh = await reads.read(AS_READ);
      return fresh.kind === 'profile'
        ? { ...fresh, profile: leastOfReadings(fresh.profile, earlier) }
        : fresh;
    } finally {
      collections.stop();
    }
  };
}

interface AwaitedCollection {
  /** Since the start. */
  seen(): boolean;
  /** Until one is seen, and no longer than so. */
  wait(seconds: Seconds): Promise<void>;
  stop(): void;
}

function awaitCollection({ onMajorCollection }: AllocationSource, clock: Clock): AwaitedCollection {
  let seen = false;
  let endWait = (): void => {};
  const forget = onMajorCollection(() => {
    seen = true;
    endWait();
  });
  return {
    seen: () => seen,
    wait: (seconds) =>
      new Promise((resolve) => {
        const cancel = clock.after(seconds, resolve);
        endWait = () => {
          cancel();
          resolve();
        };
      }),
    stop() {
      forget();
      endWait();
    },
  };
}
