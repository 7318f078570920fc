// The judge of one subject: takes samples, looks again each time its history has grown by 3 %, and says "leaking" only after growth
// was seen for a while without a break, as it takes it back only after a while without. So it works little (170 analyses in a day
// of samples every 10 s) and does not flap. All whiles are shares of the history, not minutes.
import type { Subject, Verdict } from '../model/index.ts';
import type { Ratio, Seconds } from '../units/index.ts';
import { analyseStream, growthRate, type StreamAnalysis } from './analysis.ts';
import { createHistory, type HistoryView } from './history.ts';
import { createPersistence, type GrowingStream } from './persistence.ts';
import { HOST_POLICY, type JudgePolicy, PROCESS_POLICY } from './policy.ts';
import { createRestartDetector, ONE_LIFE } from './restart.ts';
import type { SeriesSample } from './sample.ts';
import { STREAMS } from './streams.ts';
import { calmVerdict, leakVerdict, undecidedVerdict } from './verdict.ts';
import { goOn, type Work } from './work.ts';

export interface JudgeOptions {
  /** `host` and `swap` are judged more strictly than processes. */
  readonly subject: Subject;
  readonly policy?: JudgePolicy;
  /** Look only when told to work: a look that comes too late sees the same history and more. Default: each when it is due. */
  readonly mayMissLooks?: boolean;
  /** False for the series of one process from its start: what drops in it is no restart. */
  readonly mayRestart?: boolean;
}

export interface Judge {
  /** Times must rise; bounded work and memory. */
  add(sample: SeriesSample): void;
  /** Whether a look is due or underway. */
  readonly hasWork: boolean;
  /** Goes on with the look that is underway, or with the one that is due, for at most so many units; answers how many it took. */
  work(mostUnits: number): number;
  /** Of the newest look, once what is due is done. A verdict is a new object after each look. */
  verdict(): Verdict;
  /** Of the newest look that is finished. */
  latest(): Verdict;
  /** When it began to say "leaking" and has kept to it; undefined while it does not say so. */
  readonly sayingSinceSeconds: Seconds | undefined;
  /** Whether "leaking" has been said for long enough that people may be told. */
  readonly isSettled: boolean;
}

/** Buckets and samples below which there is nothing to say. */
const LEAST_SAMPLES = 60;
const LOOK_EVERY: Ratio = 1.03;

export function createJudge({
  subject,
  policy,
  mayMissLooks = false,
  mayRestart = true,
}: JudgeOptions): Judge {
  const isProcess = subject !== 'host' && subject !== 'swap';
  const rules = policy ?? (isProcess ? PROCESS_POLICY : HOST_POLICY);
  const history = createHistory(mayRestart ? createRestartDetector() : ONE_LIFE);
  const persistence = createPersistence(rules);
  let lookIsDue = false;
  let underway: Work<Verdict> | undefined;
  let nextLookAt = LEAST_SAMPLES;
  let latest = undecidedVerdict(subject, 0);

  function* look(view: HistoryView): Work<Verdict> {
    const analyses: StreamAnalysis[] = [];
    for (const stream of STREAMS) {
      const analysis = yield* analyseStream(view, stream, rules);
      if (analysis) analyses.push(analysis);
    }
    const leaking = persistence.see(fastestGrowing(analyses), view);
    return leaking ? leakVerdict(subject, leaking, view) : calmVerdict(subject, analyses, view);
  }
  const beginLook = (): Work<Verdict> | undefined => {
    const view = lookIsDue ? history.view() : undefined;
    lookIsDue = false;
    return view && look(view);
  };
  const work = (mostUnits: number): number => {
    underway ??= beginLook();
    if (underway === undefined) return 0;
    const { unitsDone, outcome } = goOn(underway, mostUnits);
    if (outcome === undefined) return unitsDone;
    underway = undefined;
    latest = outcome.value;
    return unitsDone;
  };
  const workAll = (): void => {
    while (underway !== undefined || lookIsDue) work(Number.POSITIVE_INFINITY);
  };

  return {
    add(sample) {
      if (!history.add(sample) || history.samples < nextLookAt) return;
      nextLookAt = history.samples * LOOK_EVERY;
      lookIsDue = true;
      if (!mayMissLooks) workAll();
    },
    get hasWork() {
      return underway !== undefined || lookIsDue;
    },
    work,
    verdict() {
      workAll();
      return latest;
    },
    latest: () => latest,
    get sayingSinceSeconds() {
      return persistence.sayingSinceSeconds;
    },
    get isSettled() {
      return persistence.isSettled;
    },
  };
}

/** RSS follows the heap with slack, so another part must grow this many times as fast to be called the one that leaks. */
const LEAD_OF_HEAP = 2;

/** The part that grows fastest, but for the heap's lead. */
function fastestGrowing(analyses: readonly StreamAnalysis[]): GrowingStream | undefined {
  const weightOf = ({ analysis, growth }: GrowingStream) =>
    growthRate(analysis, growth).rate * (analysis.stream === 'heap' ? LEAD_OF_HEAP : 1);
  return analyses
    .flatMap((analysis) => (analysis.growth ? [{ analysis, growth: analysis.growth }] : []))
    .sort((a, b) => weightOf(b) - weightOf(a))[0];
}

/** A series judged at once: what a judge says that was given its samples one by one. */
export function judgeSeries(samples: readonly SeriesSample[], options: JudgeOptions): Verdict {
  const judge = createJudge(options);
  for (const sample of samples) judge.add(sample);
  return judge.verdict();
}
