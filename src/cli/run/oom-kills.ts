// Whether the kernel killed for memory while a program ran: its counters, of the whole system and of this control group, where the
// program was too.
import { createHostReader } from '../../host/index.ts';
import { systemClock } from '../../monitor/clock.ts';

export interface OomKillRoots {
  readonly procRoot: string;
  readonly cgroupRoot: string;
}

/** Counts now; the function it answers says later whether one of the counts rose. */
export function watchOomKills(roots: OomKillRoots): () => boolean {
  const before = countOomKills(roots);
  return () => countOomKills(roots).some((count, index) => count > (before[index] ?? count));
}

/** Not a number where the kernel does not count. */
function countOomKills(roots: OomKillRoots): readonly number[] {
  const reader = createHostReader({ ...roots, clock: systemClock });
  const { paging, cgroup } = reader.sample();
  reader.close();
  return [paging?.oomKills ?? Number.NaN, cgroup?.events?.oomKill ?? Number.NaN];
}
