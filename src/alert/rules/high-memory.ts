// The host's memory: strictly above the threshold, in the words that dashboards and scripts look for.
import type { Observation } from '../../model/index.ts';
import type { RuleInputs } from '../inputs.ts';
import { severityOf } from '../severity.ts';
import { gigabytes, oneDecimal } from './figures.ts';
import { healthy, unknown } from './rule.ts';

const KEY = 'high_memory';
const TITLE = 'High memory usage';
/** Swap fuller than this is told, though never an alarm of its own: idle pages belong there. */
const TELLING_SWAP_PERCENT = 50;

export function highMemory({ host, thresholds }: RuleInputs): Observation {
  const { memory, swap } = host ?? {};
  if (!memory) return unknown(KEY);
  const { percent, usedBytes } = memory;
  if (percent <= thresholds.memoryPercent) return healthy(KEY);
  const swapText = swap && swap.percent > TELLING_SWAP_PERCENT ? `, Swap: ${oneDecimal(swap.percent)}%` : '';
  return {
    key: KEY,
    outcome: 'breach',
    type: 'memory',
    severity: severityOf(percent, thresholds.memoryPercent),
    title: TITLE,
    message: `${TITLE}: ${oneDecimal(percent)}% (${gigabytes(usedBytes)}GB used)${swapText}`,
  };
}
