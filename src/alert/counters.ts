// Some rules look at what the kernel has counted since the previous check. A counter that one reading lacks keeps its older
// value, so that nothing which happened meanwhile is lost.
import type { HostSample } from '../model/index.ts';
import type { Bytes, Seconds } from '../units/index.ts';

export interface SwapCounter {
  readonly atSeconds: Seconds;
  readonly inBytes: Bytes;
  readonly outBytes: Bytes;
}

export interface Counters {
  readonly swap?: SwapCounter;
  /** On the whole host, since boot. */
  readonly oomKills?: number;
  /** In one cgroup, since it was made. */
  readonly cgroupOomKills?: { readonly path: string; readonly count: number };
}

/** The counters after a counted check, for the next one. */
export function nextCounters(previous: Counters, host: HostSample): Counters {
  return { ...previous, ...countersOf(host) };
}

/** The counters that one reading has. */
export function countersOf({ atSeconds, paging, cgroup }: HostSample): Counters {
  const { swappedInBytes: inBytes, swappedOutBytes: outBytes, oomKills } = paging ?? {};
  const count = cgroup?.events?.oomKill;
  return {
    ...(inBytes !== undefined && outBytes !== undefined && { swap: { atSeconds, inBytes, outBytes } }),
    ...(oomKills !== undefined && { oomKills }),
    ...(cgroup && count !== undefined && { cgroupOomKills: { path: cgroup.path, count } }),
  };
}
