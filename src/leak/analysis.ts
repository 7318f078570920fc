// One stream, analysed once: the record brought to order 1, screened, weighed, and what follows from it.
import type { VerdictKind } from '../model/index.ts';
import type { Bytes, Seconds } from '../units/index.ts';
import type { LevelFamily } from './account.ts';
import { drivenRise, type Growth, type GrowthContext, growthOf, mayGoOn, rateOf } from './growth.ts';
import type { HistoryView } from './history.ts';
import type { JudgePolicy } from './policy.ts';
import { lastOf, riseOf, type StreamRecord } from './record.ts';
import { screen } from './screen.ts';
import { type StreamName, streamOf } from './streams.ts';
import { type Weighing, weighing } from './weigh.ts';
import type { Weighed } from './weighed.ts';
import type { Work } from './work.ts';

/** What a stream does when it is not said to leak; `not-enough-data`: it rises, and it is too early to tell what for. */
export type CalmKind = Exclude<VerdictKind, 'leaking' | 'fragmented'>;

export interface StreamAnalysis {
  readonly stream: StreamName;
  /** In bytes. */
  readonly record: StreamRecord;
  /** Seconds since the Unix epoch (or the series' own zero) of the record's time 0. */
  readonly originSeconds: Seconds;
  /** The weighing's values are (bytes − base) / scale. */
  readonly baseBytes: Bytes;
  readonly scaleBytes: Bytes;
  /** Absent when the screening saw no trend at all. */
  readonly weighing?: Weighing;
  readonly growth?: Growth;
  readonly calm: CalmKind;
}

/** Undefined when the stream is not known. */
export function* analyseStream(
  view: HistoryView,
  stream: StreamName,
  policy: JudgePolicy,
): Work<StreamAnalysis | undefined> {
  const streamRecord = streamOf(view, stream);
  if (streamRecord === undefined) return undefined;
  const { record, originSeconds } = streamRecord;
  const baseBytes = record.values[0] ?? 0;
  const scaleBytes = Math.max(1e-9, ...record.values.map((value) => Math.abs(value - baseBytes)));
  const common = { stream, record, originSeconds, baseBytes, scaleBytes };
  yield;
  const { mayRise, mayFall } = screen(record);
  yield;
  if (!mayRise && !mayFall) return { ...common, calm: 'stable' };
  const scaled = record.values.map((value) => (value - baseBytes) / scaleBytes);
  const context: GrowthContext = {
    policy,
    samples: view.samples,
    heapDriven: stream === 'native',
    followsPeaks: stream === 'rss',
    leastGrowth: (policy.leastShareOfLimit * (view.newest.limitBytes ?? peakOf(record))) / scaleBytes,
  };
  const upright = { ...record, values: scaled, nothing: -baseBytes / scaleBytes };
  const weighed = yield* weighing(upright);
  const growth = mayRise ? growthOf(upright, weighed, context) : undefined;
  const falls = mayFall && (yield* isFalling(upright, context));
  const calm = falls ? 'recovering' : calmKindOf(upright, weighed, context);
  return { ...common, weighing: weighed, ...(growth && { growth }), calm };
}

const peakOf = ({ values }: StreamRecord) => values.reduce((most, value) => Math.max(most, value), 0);

/** A fall is a rise upside down; what drives the figures drives them still. */
function* isFalling(upright: StreamRecord, context: GrowthContext): Work<boolean> {
  const { nothing: _, ...record } = upright;
  const turned: StreamRecord = {
    ...record,
    values: upright.values.map((value) => -value),
    drivers: upright.drivers.map((driver) => driver.map((value) => -value)),
  };
  return (growthOf(turned, yield* weighing(turned), context)?.margin ?? 0) > 0;
}

/** Standard deviations of the noise that a rise must come to, to be called one. */
const LEAST_RISE_IN_NOISE = 3;
/** A plateau longer than this share of a life is no longer news: the series is stable. */
const LONGEST_NEWS = 0.5;
/** Of the life: by then a rise with this memory has long levelled off. */
const SHORTEST_MEMORY = 0.1;

function calmKindOf(record: StreamRecord, weighing: Weighing, context: GrowthContext): CalmKind {
  const [level] = weighing.level;
  if (level === undefined) return 'stable';
  const least = LEAST_RISE_IN_NOISE * level.fit.noise;
  const rise = riseOf(record.values, 0.2);
  if (rise <= least) return 'stable';
  if (mayGoOn(record, weighing, context)) return 'not-enough-data';
  if (explains(record, level, rise) && drivenRise(record, level) > Math.max(least, rise / 2))
    return 'growing-with-load';
  return endedKind(record, level, context);
}

/** Memory rises at most about as the load does, relative to what there is of both; twice as much would be something else. */
const MOST_RISE_OVER_DRIVER = 2;

function explains(record: StreamRecord, { driver, fit }: Weighed<LevelFamily>, rise: number): boolean {
  if (driver === undefined) return false;
  const all = (fit.coefficients[record.lives.length - 1] ?? 0) - (record.nothing ?? 0);
  return rise < MOST_RISE_OVER_DRIVER * riseOf(driver, 0.2) * all;
}

/** Within an hour of samples every 10 s a rise by steps may be the beginning of a staircase. */
const YOUNG_SAMPLES = 360;

function endedKind(
  record: StreamRecord,
  { account }: Weighed<LevelFamily>,
  { samples }: GrowthContext,
): CalmKind {
  const age = lastOf(record.ages);
  const at = account.atSeconds ?? 0;
  switch (account.family) {
    case 'filled':
      return at > LONGEST_NEWS * age ? 'filling' : 'stable';
    case 'levelling-off':
      return at > SHORTEST_MEMORY * age ? 'warming-up' : 'stable';
    case 'step':
    case 'two-steps':
      return samples < YOUNG_SAMPLES && at > LONGEST_NEWS * age ? 'not-enough-data' : 'stable';
    case 'level':
      return 'stable';
  }
}

/** Growth per second when the record ends, in bytes, with its standard error. */
export function growthRate(
  { scaleBytes }: StreamAnalysis,
  { weighed }: Growth,
): { rate: number; error: number } {
  const factor = weighed.account.endSlope * scaleBytes;
  return { rate: rateOf(weighed) * factor, error: weighed.fit.lastError * factor };
}
