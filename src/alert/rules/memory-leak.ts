// A verdict of `leaking`, as severe as the limit is near. The verdict has already told growth from warming up and from load.
import type { Observation, Severity, Verdict } from '../../model/index.ts';
import { DAY, formatDuration, formatGrowthPerHour, HOUR, type Seconds } from '../../units/index.ts';
import type { RuleInputs } from '../inputs.ts';
import { healthy, unknown } from './rule.ts';

const KEY = 'memory_leak';
const TITLE = 'Memory leak';
/** Time enough to find the cause while working hours last, and time enough to restart in order. */
const MEDIUM_BELOW: Seconds = DAY;
const HIGH_BELOW: Seconds = HOUR;

export function memoryLeak({ verdicts = [] }: RuleInputs): Observation {
  const judged = verdicts.filter(({ kind }) => kind !== 'not-enough-data');
  const leaks = judged.filter(({ kind }) => kind === 'leaking').toSorted(byTimeToLimit);
  const [first, ...others] = leaks;
  if (!first) return judged.length > 0 ? healthy(KEY) : unknown(KEY);
  return {
    key: KEY,
    outcome: 'breach',
    type: 'leak',
    severity: severityOfLeak(first),
    title: TITLE,
    message: `${TITLE}: ${describe(first)}${others.length > 0 ? `; also ${subjects(others)}` : ''}`,
  };
}

const timeToLimit = ({ timeToLimitSeconds }: Verdict): Seconds => timeToLimitSeconds ?? Number.MAX_VALUE;
const byTimeToLimit = (a: Verdict, b: Verdict): number => timeToLimit(a) - timeToLimit(b);
const subjects = (verdicts: readonly Verdict[]): string => verdicts.map(({ subject }) => subject).join(', ');

function severityOfLeak(verdict: Verdict): Severity {
  if (timeToLimit(verdict) < HIGH_BELOW) return 'high';
  return timeToLimit(verdict) < MEDIUM_BELOW ? 'medium' : 'warning';
}

function describe({ subject, part, growthBytesPerSecond, timeToLimitSeconds }: Verdict): string {
  return [
    part === undefined ? subject : `${subject} (${part})`,
    ...(growthBytesPerSecond === undefined ? [] : [`grows by ${formatGrowthPerHour(growthBytesPerSecond)}`]),
    ...(timeToLimitSeconds === undefined ? [] : [`limit in ${formatDuration(timeToLimitSeconds)}`]),
  ].join(', ');
}
