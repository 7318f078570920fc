// The kernel killed for lack of memory since the previous check. It acts at once: the event does not come again to be counted.
import type { Observation } from '../../model/index.ts';
import { type Counters, countersOf } from '../counters.ts';
import type { RuleInputs } from '../inputs.ts';
import { healthy, unknown } from './rule.ts';

const KEY = 'oom_kill';
const TITLE = 'Out-of-memory kill';

export function oomKill({ host, previousCounters, death }: RuleInputs): Observation {
  if (death?.cause === 'oom-kill') return breach(death.sentence);
  if (!host || !previousCounters) return unknown(KEY);
  const counts = kills(countersOf(host), previousCounters);
  if (counts.length === 0) return unknown(KEY);
  const seen = counts.filter(({ count }) => count > 0);
  if (seen.length === 0) return healthy(KEY);
  return breach(`${seen.map(({ where, count }) => `${count} ${where}`).join(', ')} since the previous check`);
}

function breach(what: string): Observation {
  return {
    key: KEY,
    outcome: 'breach',
    type: 'memory',
    severity: 'critical',
    title: TITLE,
    message: `${TITLE}: ${what}`,
    immediate: true,
  };
}

interface Kills {
  readonly where: string;
  readonly count: number;
}

/** Kills since the previous check, where two readings of one counter can be compared. */
function kills(now: Counters, before: Counters): readonly Kills[] {
  const { cgroupOomKills: group } = now;
  const groupBefore = group?.path === before.cgroupOomKills?.path ? before.cgroupOomKills?.count : undefined;
  return [
    ...rise('on the host', now.oomKills, before.oomKills),
    ...(group ? rise(`in ${group.path}`, group.count, groupBefore) : []),
  ];
}

/** A counter that fell started over, at a boot or with a new cgroup: all it shows happened since. */
function rise(where: string, now: number | undefined, before: number | undefined): readonly Kills[] {
  if (now === undefined || before === undefined) return [];
  return [{ where, count: now >= before ? now - before : now }];
}
