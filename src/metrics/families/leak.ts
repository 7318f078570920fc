// What is known of growth: a verdict per subject, the time that is left, and the allocation sites that hold the most.
import { VERDICTS, type Verdict } from '../../model/index.ts';
import { type Family, type Series, single } from '../family.ts';

const SUBJECT = 'host, swap, process:PID';

function perSubject(
  verdicts: readonly Verdict[] | undefined,
  figure: (verdict: Verdict) => number | undefined,
): readonly Series[] {
  return (verdicts ?? []).flatMap((verdict) =>
    single(figure(verdict)).map(({ value }) => ({ labels: { subject: verdict.subject }, value })),
  );
}

export const LEAK_FAMILIES: readonly Family[] = [
  {
    name: 'leak_verdict',
    type: 'gauge',
    origin: 'new',
    labels: { subject: SUBJECT, verdict: VERDICTS },
    help: 'Always 1: the label is the verdict in force; the series of the former verdict ends.',
    series: ({ verdicts }) =>
      (verdicts ?? []).map(({ subject, kind }) => ({ labels: { subject, verdict: kind }, value: 1 })),
  },
  {
    name: 'leak_confidence_ratio',
    type: 'gauge',
    origin: 'new',
    labels: { subject: SUBJECT },
    help: 'Confidence in the verdict in force, 0 to 1.',
    series: ({ verdicts }) => perSubject(verdicts, ({ confidence }) => confidence),
  },
  {
    name: 'leak_growth_bytes_per_second',
    type: 'gauge',
    origin: 'new',
    labels: { subject: SUBJECT },
    help: 'Estimated growth of the subject; negative when it shrinks.',
    series: ({ verdicts }) => perSubject(verdicts, ({ growthBytesPerSecond }) => growthBytesPerSecond),
  },
  {
    name: 'memory_time_to_limit_seconds',
    type: 'gauge',
    origin: 'new',
    labels: { subject: SUBJECT },
    help: 'Time until the subject reaches its limit if it goes on growing as it does; absent when it does not grow.',
    series: ({ verdicts }) => perSubject(verdicts, ({ timeToLimitSeconds }) => timeToLimitSeconds),
  },
  {
    name: 'memory_snapshots_count',
    type: 'gauge',
    origin: 'seed',
    labels: {},
    help: 'Allocation snapshots kept.',
    series: ({ snapshotsCount }) => single(snapshotsCount),
  },
  {
    name: 'allocation_site_bytes',
    type: 'gauge',
    origin: 'new',
    labels: { function: 'function name', file: 'source file', line: 'line' },
    help: 'Live bytes by allocation site in the newest snapshot, the largest sites only.',
    series: ({ sites }) =>
      (sites ?? []).map(({ functionName, file, line, liveBytes }) => ({
        labels: { function: functionName, file, line },
        value: liveBytes,
      })),
  },
];
