// The judge of one subject: takes samples, looks again each time its history has grown by 3 %, and says "leaking" only after growth
// was seen for a while without a break, as it takes it back only after a while without. So it works little (170 analyses in a day
// of samples every 10 s) and does not flap. All whiles are shares of the history, not minutes.
import type { Subject, Verdict } from '../model/index.ts';
import type { Ratio, Seconds } from '../units/index.ts';
import { analyseStream, type StreamAnalysis } from './analysis.ts';
import type { Growth } from './growth.ts';
import { createHistory, type HistoryView } from './history.ts';
import { HOST_POLICY, type JudgePolicy, PROCESS_POLICY } from './policy.ts';
import type { SeriesSample } from './sample.ts';
import { STREAMS } from './streams.ts';
import { calmVerdict, leakVerdict, undecidedVerdict } from './verdict.ts';

export interface JudgeOptions {
  /** `host` and `swap` are judged more strictly than processes. */
  readonly subject: Subject;
  readonly policy?: JudgePolicy;
  /** When a look is due and the last was not taken yet: leave that one out. Default: take it first, so that nothing is missed. */
  readonly mayMissLooks?: boolean;
}

/** How much a look cost: most series are dismissed by a screening ten times cheaper than the weighing. */
export type Look = 'none' | 'screened' | 'weighed';

export interface Judge {
  /** Times must rise; bounded work and memory. */
  add(sample: SeriesSample): void;
  /** Takes the look that is due, if one is. */
  look(): Look;
  readonly lookIsDue: boolean;
  /** Of the newest look; takes the one that is due. */
  verdict(): Verdict;
  /** Of the newest look, without a new one. */
  latest(): Verdict;
  /** When it began to say "leaking" and has kept to it; undefined while it does not say so. */
  readonly sayingSinceSeconds: Seconds | undefined;
}

/** Buckets and samples below which there is nothing to say. */
const LEAST_SAMPLES = 60;
const LOOK_EVERY: Ratio = 1.03;
const LEAST_LOOKS = 3;

export function createJudge({ subject, policy, mayMissLooks = false }: JudgeOptions): Judge {
  const isProcess = subject !== 'host' && subject !== 'swap';
  const rules = policy ?? (isProcess ? PROCESS_POLICY : HOST_POLICY);
  const history = createHistory();
  const persistence = createPersistence(rules);
  let due: HistoryView | undefined;
  let nextLookAt = LEAST_SAMPLES;
  let latest = undecidedVerdict(subject, 0);

  const look = (): Look => {
    if (due === undefined) return 'none';
    const view = due;
    due = undefined;
    const analyses = analyseStreams(view, rules);
    const last = analyses.at(-1);
    const growing = last?.growth && { analysis: last, growth: last.growth };
    const leaking = persistence.see(growing, view);
    latest = leaking ? leakVerdict(subject, leaking, view) : calmVerdict(subject, analyses, view);
    return analyses.some(({ weighing }) => weighing !== undefined) ? 'weighed' : 'screened';
  };

  return {
    add(sample) {
      if (!history.add(sample) || history.samples < nextLookAt) return;
      if (!mayMissLooks) look();
      nextLookAt = history.samples * LOOK_EVERY;
      due = history.view();
    },
    look,
    get lookIsDue() {
      return due !== undefined;
    },
    verdict() {
      look();
      return latest;
    },
    latest: () => latest,
    get sayingSinceSeconds() {
      return persistence.sayingSinceSeconds;
    },
  };
}

/** Up to the first that grows: the heap before what surrounds it, because RSS follows the heap. */
function analyseStreams(view: HistoryView, policy: JudgePolicy): readonly StreamAnalysis[] {
  const analyses: StreamAnalysis[] = [];
  for (const stream of STREAMS) {
    const analysis = analyseStream(view, stream, policy);
    if (analysis !== undefined) analyses.push(analysis);
    if (analysis?.growth !== undefined) break;
  }
  return analyses;
}

/** A series judged at once: what a judge says that was given its samples one by one. */
export function judgeSeries(samples: readonly SeriesSample[], options: JudgeOptions): Verdict {
  const judge = createJudge(options);
  for (const sample of samples) judge.add(sample);
  return judge.verdict();
}

/** A stream that grows. */
export interface GrowingStream {
  readonly analysis: StreamAnalysis;
  readonly growth: Growth;
}

interface Persistence {
  /** Takes what one look saw; answers the growth to tell of, if "leaking" is what is said now. */
  see(growing: GrowingStream | undefined, view: HistoryView): GrowingStream | undefined;
  readonly sayingSinceSeconds: Seconds | undefined;
}

function createPersistence(policy: JudgePolicy): Persistence {
  let newest: GrowingStream | undefined;
  let sayingSinceSeconds: Seconds | undefined;
  let looks = 0;
  let firstSeenSamples = 0;
  let missedSinceSamples: number | undefined;
  return {
    see(growing, { samples, newest: { atSeconds } }) {
      if (growing !== undefined) {
        newest = growing;
        missedSinceSamples = undefined;
        looks += 1;
        if (looks === 1) firstSeenSamples = samples;
        const held = samples - firstSeenSamples >= policy.heldShare * growing.growth.share * samples;
        if (looks >= LEAST_LOOKS && held) sayingSinceSeconds ??= atSeconds;
      } else {
        looks = 0;
        missedSinceSamples ??= samples;
        if (samples >= policy.releaseFactor * missedSinceSamples) sayingSinceSeconds = undefined;
      }
      return sayingSinceSeconds === undefined ? undefined : newest;
    },
    get sayingSinceSeconds() {
      return sayingSinceSeconds;
    },
  };
}
