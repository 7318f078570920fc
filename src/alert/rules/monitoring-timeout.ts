// A health check took longer than it may. The machine may be stalled, which is just when alerts are needed.
import type { Observation } from '../../model/index.ts';
import { formatDuration } from '../../units/index.ts';
import type { RuleInputs } from '../inputs.ts';
import { healthy, unknown } from './rule.ts';

const KEY = 'monitoring_timeout';
const TITLE = 'Monitoring timeout';

export function monitoringTimeout({ checkSeconds, thresholds }: RuleInputs): Observation {
  const { checkSeconds: limit } = thresholds;
  // A bound that was taken away ends the alert that it had raised.
  if (limit === undefined) return healthy(KEY);
  if (checkSeconds === undefined) return unknown(KEY);
  if (checkSeconds <= limit) return healthy(KEY);
  return {
    key: KEY,
    outcome: 'breach',
    type: 'monitoring',
    severity: 'high',
    title: TITLE,
    message: `${TITLE}: a health check took more than ${formatDuration(limit)}`,
  };
}
