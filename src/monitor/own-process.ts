// The process the engine watches as its own: the service it lives in, or the agent.
import type { OwnProcessSample } from '../model/index.ts';
import type { Clock } from './clock.ts';

export interface OwnProcessReader {
  read(seen: Pick<OwnProcessSample, 'heap' | 'workers' | 'threads' | 'requestsTotal'>): OwnProcessSample;
}

/** RSS and CPU are the whole process's, whichever thread asks. */
export function createOwnProcessReader(clock: Clock): OwnProcessReader {
  let previous: { cpuSeconds: number; atSeconds: number } | undefined;
  return {
    read(seen) {
      const { user, system } = process.cpuUsage();
      const now = { cpuSeconds: (user + system) / 1e6, atSeconds: clock.monotonicSeconds() };
      const elapsed = previous ? now.atSeconds - previous.atSeconds : 0;
      const cpuPercent =
        previous && elapsed > 0 ? ((now.cpuSeconds - previous.cpuSeconds) / elapsed) * 100 : undefined;
      previous = now;
      return {
        atSeconds: clock.wallSeconds(),
        pid: process.pid,
        rssBytes: process.memoryUsage.rss(),
        cpuSeconds: now.cpuSeconds,
        ...(cpuPercent !== undefined && { cpuPercent }),
        ...seen,
      };
    },
  };
}
