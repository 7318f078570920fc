// The processes that matter at a glance.
import type { ProcessSample, ProcessTableScan } from '../model/index.ts';
import type { Percent } from '../units/index.ts';

const ABOVE: Percent = 1;
const MOST = 10;

/** Those strictly above 1 % of the host's memory, the largest first, at most ten. */
export function topProcesses({ processes }: Pick<ProcessTableScan, 'processes'>): readonly ProcessSample[] {
  return processes
    .filter(({ memoryPercent }) => memoryPercent > ABOVE)
    .sort((a, b) => b.rssBytes - a.rssBytes)
    .slice(0, MOST);
}
