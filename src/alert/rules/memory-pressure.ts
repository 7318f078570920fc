// Pressure stall information: the share of the last minute in which *every* task that had work waited for memory (`full`).
// It measures harm done, whatever the fullness, and comes minutes before the OOM killer does.
// Source: Documentation/accounting/psi.rst in the kernel.
import type { Observation, Severity } from '../../model/index.ts';
import type { Percent } from '../../units/index.ts';
import type { RuleInputs } from '../inputs.ts';
import { oneDecimal } from './figures.ts';
import { healthy, unknown } from './rule.ts';

const KEY = 'memory_pressure';
const TITLE = 'Memory pressure';

/** A tenth of all work lost for a minute is felt by users; a machine that has enough memory shows 0. */
export const PRESSURE_PERCENT: Percent = 10;
const MEDIUM_PERCENT: Percent = 25;
/** systemd-oomd's default limit is 60 (oomd.conf, DefaultMemoryPressureLimit): this must be told before it kills. */
const HIGH_PERCENT: Percent = 50;

export function memoryPressure({ host }: RuleInputs): Observation {
  const worst = readings(host).toSorted((a, b) => b.percent - a.percent)[0];
  if (!worst) return unknown(KEY);
  if (worst.percent <= PRESSURE_PERCENT) return healthy(KEY);
  return {
    key: KEY,
    outcome: 'breach',
    type: 'pressure',
    severity: severityOfPressure(worst.percent),
    title: TITLE,
    message: `${TITLE}: all work ${worst.where} waited for memory ${oneDecimal(worst.percent)}% of the last minute`,
  };
}

/** A container suffers by itself while its host has memory to spare. */
function readings(host: RuleInputs['host']): { readonly where: string; readonly percent: Percent }[] {
  const ofHost = host?.pressure?.full;
  const ofCgroup = host?.cgroup?.pressure?.full;
  return [
    ...(ofHost ? [{ where: 'on the host', percent: ofHost.avg60Percent }] : []),
    ...(ofCgroup ? [{ where: `in ${host.cgroup.path}`, percent: ofCgroup.avg60Percent }] : []),
  ];
}

function severityOfPressure(percent: Percent): Severity {
  if (percent > HIGH_PERCENT) return 'high';
  return percent > MEDIUM_PERCENT ? 'medium' : 'warning';
}
