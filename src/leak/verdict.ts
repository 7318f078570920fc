// From what the streams do to one verdict on their subject.
import type { Evidence, Interval, LeakingPart, Subject, Verdict, VerdictKind } from '../model/index.ts';
import type { Ratio, Seconds } from '../units/index.ts';
import { growthRate, type StreamAnalysis } from './analysis.ts';
import { evidenceOf } from './evidence.ts';
import type { Growth } from './growth.ts';
import type { HistoryView } from './history.ts';
import { secondsToLimit } from './limit.ts';
import { Z_95 } from './normal.ts';
import type { StreamName } from './streams.ts';

export function undecidedVerdict(subject: Subject, samples: number): Verdict {
  const text =
    samples === 0
      ? 'there are too few samples yet'
      : `${samples} samples are too few, or hold too few collections`;
  return { subject, kind: 'not-enough-data', confidence: 0, evidence: [{ kind: 'samples', text }] };
}

export function leakVerdict(
  subject: Subject,
  { analysis, growth }: { readonly analysis: StreamAnalysis; readonly growth: Growth },
  view: HistoryView,
): Verdict {
  const { rate, error } = growthRate(analysis, growth);
  const growthInterval = { low: rate - Z_95 * error, high: rate + Z_95 * error };
  return {
    subject,
    kind: 'leaking',
    confidence: leakConfidence(growth.margin),
    growthBytesPerSecond: rate,
    growthInterval,
    sinceSeconds: grownSince(analysis, growth),
    ...timeToLimit(analysis, view, rate, growthInterval),
    part: partOf(subject, analysis.stream),
    evidence: evidenceOf(analysis, growth),
  };
}

/** A margin of 0 is as good as a coin; every further 6 units of log-likelihood take off most of the doubt. */
const leakConfidence = (margin: number): Ratio => Math.min(0.99, 1 - 0.5 * Math.exp(-margin / 6));

/** When this growth began: at its onset, or with the process. */
function grownSince({ record, originSeconds }: StreamAnalysis, { weighed }: Growth): Seconds {
  const { family, atSeconds = 0 } = weighed.account;
  const born = record.times[record.lives.at(-1) ?? 0] ?? 0;
  return originSeconds + (family === 'since-onset' ? atSeconds : born);
}

function partOf(subject: Subject, stream: StreamName): LeakingPart {
  if (stream !== 'used') return stream;
  return subject === 'swap' ? 'swap' : 'host';
}

function timeToLimit(analysis: StreamAnalysis, view: HistoryView, rate: number, { low, high }: Interval) {
  const within = (bytesPerSecond: number) => secondsToLimit(analysis, view, bytesPerSecond);
  const timeToLimitSeconds = within(rate);
  if (timeToLimitSeconds === undefined) return {};
  return { timeToLimitSeconds, timeToLimitInterval: { low: within(high) ?? 0, high: within(low) ?? 0 } };
}

/** `analyses` are of all streams that are known, the most telling first. */
export function calmVerdict(
  subject: Subject,
  analyses: readonly StreamAnalysis[],
  { samples }: HistoryView,
): Verdict {
  const [main] = analyses;
  if (main === undefined) return undecidedVerdict(subject, samples);
  const fragmented = isFragmented(analyses);
  const shown = fragmented ? (analyses.find(({ stream }) => stream === 'native') ?? main) : main;
  const kind: VerdictKind = fragmented ? 'fragmented' : main.calm;
  const evidence = evidenceOf(shown, undefined);
  if (kind === 'not-enough-data') return { subject, kind, confidence: 0, evidence: [TOO_EARLY, ...evidence] };
  return { subject, kind, confidence: calmConfidence(analyses), evidence };
}

const TOO_EARLY: Evidence = {
  kind: 'samples',
  text: 'it rises, and it is too early to tell whether for good',
};

/** RSS went up beyond what the heap explains and levels off, while the heap is flat. */
function isFragmented(analyses: readonly StreamAnalysis[]): boolean {
  const calmOf = (name: StreamName) => analyses.find(({ stream }) => stream === name)?.calm;
  const native = calmOf('native');
  return calmOf('heap') === 'stable' && (native === 'warming-up' || native === 'filling');
}

/** By how much the best account without growth beats the best with growth, in the stream where it does so least. */
function calmConfidence(analyses: readonly StreamAnalysis[]): Ratio {
  const doubts = analyses.map(({ weighing }) => {
    const rising = weighing?.rising[0]?.score ?? Number.NEGATIVE_INFINITY;
    return rising - (weighing?.level[0]?.score ?? 0);
  });
  const doubt = Math.max(...doubts.filter((each) => !Number.isNaN(each)), -12);
  return Math.min(0.99, Math.max(0.5, 1 / (1 + Math.exp(doubt / 3))));
}
