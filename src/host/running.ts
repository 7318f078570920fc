// Whether a process still runs. A pid comes back, with another process under it: only with its start time is it known.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePidStat } from './procfs/pid-stat.ts';

export interface ProcessIdentity {
  readonly pid: number;
  /** Since boot; absent where there is no /proc. */
  readonly startTicks?: number;
}

/** Of this process. `procRoot` has to be this system's own, whatever host is watched. */
export function ownIdentity(procRoot = '/proc'): ProcessIdentity {
  const startTicks = startTicksOf(process.pid, procRoot);
  return { pid: process.pid, ...(startTicks !== undefined && { startTicks }) };
}

export function isRunning({ pid, startTicks }: ProcessIdentity, procRoot = '/proc'): boolean {
  return startTicks === undefined ? answersSignals(pid) : startTicksOf(pid, procRoot) === startTicks;
}

/** Undefined for a process that is gone, and for one that has ended and only waits to be fetched by its parent. */
function startTicksOf(pid: number, procRoot: string): number | undefined {
  try {
    const bytes = readFileSync(join(procRoot, String(pid), 'stat'));
    const { startTicks, state } = parsePidStat(bytes, bytes.length);
    return ENDED.has(state) ? undefined : startTicks;
  } catch {
    return undefined;
  }
}

const ENDED = new Set(['Z', 'X']);

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
