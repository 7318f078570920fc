// Outcomes as the figures of the table.
import type { HostOutcome, TraceOutcome } from './measure.ts';

export interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Precision if every alarm ever raised on a healthy trace counts, taken back or not. */
  readonly precisionOfAlarms: number;
  /** The same of those that the alert's rule lets through, and how many of the leaks it lets through. */
  readonly precisionOfAlerts: number;
  readonly recallOfAlerts: number;
  /** On healthy traces, taken back or not. */
  readonly falseAlarmsPer1000Days: number;
  /** Median over the leaks, as a share of the leak's life; a leak never found counts as 1. */
  readonly medianDelay: number;
}

export interface ClassScore {
  readonly name: string;
  readonly leak: boolean;
  readonly traces: number;
  /** Share judged rightly at the end: recall for leaks, specificity for healthy classes. */
  readonly right: number;
  readonly f1: number;
  readonly falseAlarmsPer1000Days: number;
  readonly medianDelay: number | undefined;
}

const DAY = 86_400;

export function scoreOf(traces: readonly TraceOutcome[], detector: string): Score {
  const outcome = (trace: TraceOutcome) =>
    trace.outcomes[detector] ?? { keptSinceSeconds: undefined, alarms: 0, raised: 0 };
  const says = (trace: TraceOutcome) => outcome(trace).keptSinceSeconds !== undefined;
  const leaks = traces.filter(({ leak }) => leak);
  const healthy = traces.filter(({ leak }) => !leak);
  const found = leaks.filter(says).length;
  const accused = healthy.filter(says).length;
  const everAccused = healthy.filter((trace) => outcome(trace).alarms > 0).length;
  const told = (traces: readonly TraceOutcome[]) =>
    traces.filter((trace) => outcome(trace).raised > 0).length;
  const toldOfLeaks = told(leaks);
  const alarms = healthy.reduce((sum, trace) => sum + outcome(trace).alarms, 0);
  const days = healthy.reduce((sum, { endSeconds }) => sum + endSeconds, 0) / DAY;
  const precision = found / Math.max(1, found + accused);
  const recall = found / Math.max(1, leaks.length);
  return {
    precision,
    recall,
    f1: (2 * precision * recall) / Math.max(1e-9, precision + recall),
    precisionOfAlarms: found / Math.max(1, found + everAccused),
    precisionOfAlerts: toldOfLeaks / Math.max(1, toldOfLeaks + told(healthy)),
    recallOfAlerts: toldOfLeaks / Math.max(1, leaks.length),
    falseAlarmsPer1000Days: days > 0 ? (1000 * alarms) / days : 0,
    medianDelay: median(leaks.map((trace) => delayOf(trace, outcome(trace).keptSinceSeconds))),
  };
}

function delayOf({ onsetSeconds, endSeconds }: TraceOutcome, keptSinceSeconds: number | undefined): number {
  if (keptSinceSeconds === undefined) return 1;
  return Math.max(0, (keptSinceSeconds - onsetSeconds) / (endSeconds - onsetSeconds));
}

/** A class's F1 sets its traces against all of the other kind in the set, so that its precision means something. */
export function classScores(traces: readonly TraceOutcome[], detector: string): readonly ClassScore[] {
  return [...new Set(traces.map(({ name }) => name))].map((name) => {
    const own = traces.filter((trace) => trace.name === name);
    const leak = own[0]?.leak === true;
    const { recall, falseAlarmsPer1000Days, medianDelay } = scoreOf(own, detector);
    const accused = own.filter((trace) => trace.outcomes[detector]?.keptSinceSeconds !== undefined).length;
    const others = traces.filter((trace) => trace.leak !== leak);
    return {
      name,
      leak,
      traces: own.length,
      right: leak ? recall : 1 - accused / own.length,
      f1: scoreOf([...own, ...others], detector).f1,
      falseAlarmsPer1000Days,
      medianDelay: leak ? medianDelay : undefined,
    };
  });
}

export interface HostScore {
  readonly machineDays: number;
  readonly alarms: number;
  readonly leaking: number;
  readonly found: number;
}

export function hostScore(hosts: readonly HostOutcome[]): HostScore {
  const healthy = hosts.filter(({ leak }) => !leak);
  const leaking = hosts.filter(({ leak }) => leak);
  return {
    machineDays: healthy.reduce((sum, { days }) => sum + days, 0),
    alarms: healthy.reduce((sum, { alarms }) => sum + alarms, 0),
    leaking: leaking.length,
    found: leaking.filter(({ kept }) => kept).length,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
