// When the same program was started before, as the history knows it: processes of the same name and command. A deployment, a
// crash and a restart by hand look alike from here, and are all worth a mark.
import type { KnownProcess } from '../../history/index.ts';
import { type ProcessSample, processKey } from '../../model/index.ts';
import type { Seconds } from '../../units/index.ts';

export interface ProcessStart {
  readonly pid: number;
  readonly atSeconds: Seconds;
}

/** A chart has no room for more. */
const MAX_STARTS = 50;

/** Start times are printed in hundredths of a second since boot, whatever the kernel's own tick is. */
const TICKS_PER_SECOND = 100;

/** A process may be seen a little before its time by a clock that was set. */
const TOLERANCE_SECONDS: Seconds = 2;

/** Of `process` and of those before it, oldest first; the newest where there are too many. */
export function startsOf(process: ProcessSample, known: readonly KnownProcess[]): readonly ProcessStart[] {
  const bootedAt = process.startedAtSeconds - process.startTicks / TICKS_PER_SECOND;
  const earlier = known
    .filter((one) => one.name === process.name && one.command === process.command)
    .filter((one) => processKey(one) !== processKey(process))
    .map((one) => ({ pid: one.pid, atSeconds: startedAt(one, bootedAt) }));
  return [...earlier, { pid: process.pid, atSeconds: process.startedAtSeconds }]
    .sort((a, b) => a.atSeconds - b.atSeconds)
    .slice(-MAX_STARTS);
}

/** Ticks count from boot: for a process of an earlier boot they say nothing, and when it was first seen is the best there is. */
function startedAt({ startTicks, firstSeenSeconds }: KnownProcess, bootedAt: Seconds): Seconds {
  const thisBoot = bootedAt + startTicks / TICKS_PER_SECOND;
  return thisBoot <= firstSeenSeconds + TOLERANCE_SECONDS ? thisBoot : firstSeenSeconds;
}
