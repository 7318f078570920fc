// The memory cgroup this process is in: at its limit the kernel kills. The working set counts, not the usage: what can be
// reclaimed (inactive file pages) is reclaimed before anything is killed.
import type { CgroupMemory, Observation } from '../../model/index.ts';
import { formatBytes } from '../../units/index.ts';
import type { RuleInputs } from '../inputs.ts';
import { severityOf } from '../severity.ts';
import { oneDecimal } from './figures.ts';
import { healthy, unknown } from './rule.ts';

const KEY = 'cgroup_near_limit';
const TITLE = 'Control group near its memory limit';

export function cgroupNearLimit({ host, thresholds }: RuleInputs): Observation {
  const cgroup = host?.cgroup;
  if (!cgroup) return unknown(KEY);
  // A limit that was lifted ends the alert that it had raised.
  if (cgroup.limit.kind === 'unlimited') return healthy(KEY);
  return cgroup.workingSetBytes === undefined
    ? unknown(KEY)
    : judge(cgroup.workingSetBytes, cgroup.limit, thresholds.memoryPercent);
}

type Limited = Extract<CgroupMemory['limit'], { readonly kind: 'limited' }>;

function judge(workingSetBytes: number, limit: Limited, threshold: number): Observation {
  // A limit of 0 bytes is one that anything exceeds.
  const percent = limit.bytes > 0 ? (workingSetBytes / limit.bytes) * 100 : 100;
  if (percent <= threshold) return healthy(KEY);
  return {
    key: KEY,
    outcome: 'breach',
    type: 'cgroup',
    severity: severityOf(percent, threshold),
    title: TITLE,
    message: `${TITLE}: working set ${formatBytes(workingSetBytes)} is ${oneDecimal(percent)}% of ${formatBytes(limit.bytes)} (${limit.path})`,
  };
}
