// A verdict of `leaking`, as severe as the limit is near. The verdict has already told growth from warming up and from load.

import { type FoundSite, finding } from '../../leak/index.ts';
import type { Observation, Severity, Subject, Verdict } from '../../model/index.ts';
import { DAY, formatDuration, HOUR, type Seconds } from '../../units/index.ts';
import type { RuleInputs } from '../inputs.ts';
import { healthy, unknown } from './rule.ts';

const KEY = 'memory_leak';
const TITLE = 'Memory leak';
/** Time enough to find the cause while working hours last, and time enough to restart in order. */
const MEDIUM_BELOW: Seconds = DAY;
const HIGH_BELOW: Seconds = HOUR;

export function memoryLeak(inputs: RuleInputs): Observation {
  const { verdicts = [], leakNames = (subject) => subject } = inputs;
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
    message: `${TITLE}: ${describe(first, inputs)}${alsoText(others.map(({ subject }) => leakNames(subject)))}`,
  };
}

const timeToLimit = ({ timeToLimitSeconds }: Verdict): Seconds => timeToLimitSeconds ?? Number.MAX_VALUE;
const byTimeToLimit = (a: Verdict, b: Verdict): number => timeToLimit(a) - timeToLimit(b);

/** The others are named as far as a message is read. */
const MOST_NAMES = 3;

function alsoText(names: readonly string[]): string {
  if (names.length === 0) return '';
  const further = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return `; also ${names.slice(0, MOST_NAMES).join(', ')}${further}`;
}

function severityOfLeak(verdict: Verdict): Severity {
  if (timeToLimit(verdict) < HIGH_BELOW) return 'high';
  return timeToLimit(verdict) < MEDIUM_BELOW ? 'medium' : 'warning';
}

/** The finding's own sentence, as everywhere. */
function describe(verdict: Verdict, { leakNames = (subject) => subject, ...inputs }: RuleInputs): string {
  const { subject, timeToLimitSeconds } = verdict;
  const sites = sitesOf(subject, inputs);
  const limit = timeToLimitSeconds === undefined ? '' : `; limit in ${formatDuration(timeToLimitSeconds)}`;
  return `${leakNames(subject)} ${finding(verdict, sites, inputs.folder)}${limit}`;
}

/** Of the own process all, of one of its worker threads those of that thread. */
function sitesOf(
  subject: Subject,
  { ownSubject, growingSites = [] }: Pick<RuleInputs, 'ownSubject' | 'growingSites'>,
): readonly FoundSite[] {
  if (subject === ownSubject) return growingSites;
  const own = growingSites.filter(({ site }) => site.thread && subject === `worker:${site.thread.id}`);
  const total = own.reduce((sum, { share }) => sum + share, 0);
  return own.map((each) => ({ ...each, share: each.share / total }));
}
