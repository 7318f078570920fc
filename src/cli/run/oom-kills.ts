// Whether the kernel killed for memory while a program ran: its counters, of the whole system and of this control group, where the
// program was too.
import { createHostReader } from '../../host/index.ts';
import { present } from '../../model/index.ts';
import { systemClock } from '../../monitor/clock.ts';
import type { KernelCounts } from '../../monitor/previous-run/index.ts';

export interface OomKillRoots {
  readonly procRoot: string;
  readonly cgroupRoot: string;
}

export interface OomKills {
  /** By now; absent where the kernel does not count. */
  readonly counts: KernelCounts;
  /** One of the counts is higher than it was at first. */
  readonly rose: boolean;
}

/** Counts now, and again when it is asked. */
export function watchOomKills(roots: OomKillRoots): () => OomKills {
  const before = countOomKills(roots);
  return () => {
    const counts = countOomKills(roots);
    const rose = (['hostOomKills', 'cgroupOomKills'] as const).some(
      (count) => (counts[count] ?? 0) > (before[count] ?? Number.POSITIVE_INFINITY),
    );
    return { counts, rose };
  };
}

function countOomKills(roots: OomKillRoots): KernelCounts {
  const reader = createHostReader({ ...roots, clock: systemClock });
  const { paging, cgroup } = reader.sample();
  reader.close();
  return present({ hostOomKills: paging?.oomKills, cgroupOomKills: cgroup?.events?.oomKill });
}
