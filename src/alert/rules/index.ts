// Every rule there is, by the key of its alert.
import { ALERT_KEYS, type AlertKey, type Observation } from '../../model/index.ts';
import type { RuleInputs } from '../inputs.ts';
import { cgroupNearLimit } from './cgroup-near-limit.ts';
import { heapNearLimit } from './heap-near-limit.ts';
import { highMemory } from './high-memory.ts';
import { highSwapActivity } from './high-swap-activity.ts';
import { memoryLeak } from './memory-leak.ts';
import { memoryPressure } from './memory-pressure.ts';
import { monitoringFailure } from './monitoring-failure.ts';
import { monitoringTimeout } from './monitoring-timeout.ts';
import { oomKill } from './oom-kill.ts';
import { processMemory } from './process-memory.ts';
import type { Rule } from './rule.ts';

const RULES: Readonly<Record<AlertKey, Rule>> = {
  high_memory: highMemory,
  high_swap_activity: highSwapActivity,
  process_memory: processMemory,
  memory_leak: memoryLeak,
  heap_near_limit: heapNearLimit,
  cgroup_near_limit: cgroupNearLimit,
  oom_kill: oomKill,
  memory_pressure: memoryPressure,
  monitoring_failure: monitoringFailure,
  monitoring_timeout: monitoringTimeout,
};

/** What every rule says of one check, in the order of ALERT_KEYS. */
export function observe(inputs: RuleInputs): readonly Observation[] {
  return ALERT_KEYS.map((key) => RULES[key](inputs));
}
