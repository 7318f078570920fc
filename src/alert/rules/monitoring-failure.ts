// The monitor itself does not work as it should, so silence is no good sign. Like any other rule it waits for consecutive
// failures: one reading that failed is often the last of its kind.
import type { Observation } from '../../model/index.ts';
import type { RuleInputs } from '../inputs.ts';
import { healthy, unknown } from './rule.ts';

const KEY = 'monitoring_failure';
const TITLE = 'Monitoring failure';

export function monitoringFailure({ ownFailures }: RuleInputs): Observation {
  if (!ownFailures) return unknown(KEY);
  if (ownFailures.length === 0) return healthy(KEY);
  return {
    key: KEY,
    outcome: 'breach',
    type: 'monitoring',
    severity: 'critical',
    title: TITLE,
    message: `${TITLE}: ${ownFailures.join('; ')}`,
  };
}
