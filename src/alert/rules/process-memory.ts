// The monitor's own process, which inside a service is the service: its RSS, strictly above a threshold.
import type { Observation } from '../../model/index.ts';
import { formatBytes } from '../../units/index.ts';
import type { RuleInputs } from '../inputs.ts';
import { severityOfOvershoot } from '../severity.ts';
import { healthy, unknown } from './rule.ts';

const KEY = 'process_memory';
const TITLE = 'High process memory';

export function processMemory({ own, thresholds }: RuleInputs): Observation {
  if (!own) return unknown(KEY);
  const { pid, rssBytes } = own;
  const { processRssBytes: limit } = thresholds;
  if (rssBytes <= limit) return healthy(KEY);
  return {
    key: KEY,
    outcome: 'breach',
    type: 'process',
    severity: severityOfOvershoot(rssBytes, limit),
    title: TITLE,
    message: `${TITLE}: RSS of process ${pid} is ${formatBytes(rssBytes)}, above ${formatBytes(limit)}`,
  };
}
