// Which processes a history tells of: those seen on both sides of the range or in it, the newest first, not endlessly many.
import type { ProcessId } from '../model/index.ts';
import type { KnownProcess } from './history.ts';
import type { RangeMs } from './resolution.ts';

/** A list to choose from: who looks for an older one narrows the range. */
export const MAX_KNOWN_PROCESSES = 1000;

export interface SeenProcess extends ProcessId {
  readonly name: string;
  readonly command: string;
  readonly firstMs: number;
  readonly lastMs: number;
}

export function knownProcessesOf(seen: readonly SeenProcess[], range: RangeMs): readonly KnownProcess[] {
  return seen
    .filter(({ firstMs, lastMs }) => firstMs <= range.toMs && lastMs >= range.fromMs)
    .sort(newestFirst)
    .slice(0, MAX_KNOWN_PROCESSES)
    .map(toKnownProcess);
}

function newestFirst(a: SeenProcess, b: SeenProcess): number {
  return b.lastMs - a.lastMs || b.firstMs - a.firstMs || a.pid - b.pid || a.startTicks - b.startTicks;
}

export function toKnownProcess({ firstMs, lastMs, ...process }: SeenProcess): KnownProcess {
  const { pid, startTicks, name, command } = process;
  return { pid, startTicks, name, command, firstSeenSeconds: firstMs / 1000, lastSeenSeconds: lastMs / 1000 };
}
