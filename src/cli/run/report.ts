// The report on one run: the verdict on its memory, how fast each part grew, the code that allocates what stays, and how it ended.
import { presentGrowingSite } from '../../api/present/snapshot.ts';
import { finding, judgeSeries, PROCESS_POLICY } from '../../leak/index.ts';
import type { RunRecord } from '../../monitor/report/index.ts';
import { wordsOf } from '../judge/report.ts';
import { exitReason } from './exit-reason.ts';
import type { ProgramEnd } from './program.ts';
import { growthRates, seriesOf } from './recorded-series.ts';

export interface RunEnding {
  readonly end: ProgramEnd;
  /** The kernel killed for memory meanwhile. */
  readonly oomKillsRose: boolean;
}

/**
 * Floors that were asked for are so free of noise that a hundred KiB of compiled code stand out: what grows must also matter, by a
 * twentieth of what there is.
 */
const RUN_POLICY = { ...PROCESS_POLICY, leastShareOfLimit: 0.05 };

/** `record` is absent when the program ended before it was sampled, or is no Node.js program. */
export function runReport(record: RunRecord | undefined, { end, oomKillsRose }: RunEnding) {
  const samples = record?.samples ?? [];
  const verdict = judgeSeries(seriesOf(samples), {
    subject: `process:${record?.pid ?? 'none'}`,
    mayRestart: false,
    policy: RUN_POLICY,
  });
  return {
    verdict: verdict.kind,
    leak: verdict.kind === 'leaking',
    confidence: Number(verdict.confidence.toFixed(3)),
    finding: finding(verdict, record?.growingSites),
    part: verdict.part ?? null,
    duration_seconds: Number(end.durationSeconds.toFixed(2)),
    samples: record?.samplesTaken ?? 0,
    growth_bytes_per_second: growthRates(samples),
    growing_sites: record?.growingSites.map(presentGrowingSite) ?? [],
    holders: [],
    snapshots: record?.snapshots ?? 0,
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
