// The report on one run: the verdict on its memory, how fast each part grew, the code that allocates what stays, and how it ended.
import { presentGrowingSite, presentPrecise } from '../../api/present/snapshot.ts';
import { finding, type JudgePolicy, judgeSeries, PROCESS_POLICY } from '../../leak/index.ts';
import type { RecordedSample, RunRecord } from '../../monitor/report/index.ts';
import { type Bytes, MIB, type Ratio } from '../../units/index.ts';
import { wordsOf } from '../judge/report.ts';
import { exitReason } from './exit-reason.ts';
import type { ProgramEnd } from './program.ts';
import { growthRates, seriesOf } from './recorded-series.ts';

export interface RunEnding {
  readonly end: ProgramEnd;
  /** The kernel killed for memory meanwhile. */
  readonly oomKillsRose: boolean;
}

/** A service's code and caches gain so much in its first minutes; of a large heap it is a larger share that matters. */
const LEAST_GROWTH: Bytes = 2 * MIB;
const LEAST_SHARE: Ratio = 0.05;

/** Floors that were asked for have so little noise that compiled code stands out: what grows must also matter. */
function runPolicy(samples: readonly RecordedSample[]): JudgePolicy {
  const peak = samples.reduce((most, { heapUsedBytes = 0 }) => Math.max(most, heapUsedBytes), 0);
  const share = peak > 0 ? LEAST_GROWTH / peak : 0;
  return { ...PROCESS_POLICY, leastShareOfLimit: Math.max(LEAST_SHARE, share) };
}

/** `record` is absent when the program ended before it was sampled, or is no Node.js program. */
export function runReport(record: RunRecord | undefined, { end, oomKillsRose }: RunEnding) {
  const samples = record?.samples ?? [];
  const verdict = judgeSeries(seriesOf(samples), {
    subject: `process:${record?.pid ?? 'none'}`,
    mayRestart: false,
    policy: runPolicy(samples),
  });
  return {
    verdict: verdict.kind,
    leak: verdict.kind === 'leaking',
    confidence: Number(verdict.confidence.toFixed(3)),
    finding: finding(verdict, record?.growingSites, process.cwd()),
    part: verdict.part ?? null,
    duration_seconds: Number(end.durationSeconds.toFixed(2)),
    samples: record?.samplesTaken ?? 0,
    growth_bytes_per_second: growthRates(samples),
    growing_sites: record?.growingSites.map(presentGrowingSite) ?? [],
    holders: [],
    snapshots: record?.snapshots ?? 0,
    ...presentPrecise(record?.rewriting),
    evidence: wordsOf(verdict).map(({ kind, text }) => ({ kind, text })),
    exit: { code: end.code, signal: end.signal, reason: exitReason(end, record, oomKillsRose) },
  };
}

export type RunReport = ReturnType<typeof runReport>;

/** Of several processes, the one that was watched for longest: launchers and helpers come and go. */
export function mainRecord(records: readonly RunRecord[]): RunRecord | undefined {
  const watched = ({ samples }: RunRecord) => (samples.at(-1)?.atSeconds ?? 0) - (samples[0]?.atSeconds ?? 0);
  return records.toSorted((a, b) => watched(b) - watched(a))[0];
}
