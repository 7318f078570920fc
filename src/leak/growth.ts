// Whether one stream grows for good: the sceptical part. The best rising account has to beat every account without growth, matter
// beside what the load explains, and show in the last third of the record as in all of it.
import type { Ratio } from '../units/index.ts';
import type { LevelFamily, RisingFamily } from './account.ts';
import { mannKendall } from './mann-kendall.ts';
import type { JudgePolicy } from './policy.ts';
import { lastOf, riseOf, type StreamRecord, spanOf, windowMeans } from './record.ts';
import type { Column } from './regression.ts';
import type { Weighing } from './weigh.ts';
import type { Weighed } from './weighed.ts';

export interface Growth {
  readonly weighed: Weighed<RisingFamily>;
  /** By how much more than needed it beats its closest rival; below zero it is doubtful. */
  readonly margin: number;
  /** Share of the record in which it has grown. */
  readonly share: number;
  /** It is as steep now as in all of that time. */
  readonly isUndiminished: boolean;
}

export interface GrowthContext {
  readonly policy: JudgePolicy;
  readonly samples: number;
  /** Whether the drivers are the heap's peaks. */
  readonly heapDriven: boolean;
  /** Whether the values follow the peaks of a heap that is not known. */
  readonly followsPeaks: boolean;
  /** The least growth that matters, in the record's own unit. */
  readonly leastGrowth: number;
}

/** Growth over more than this many times what the record rose is an artefact of columns that cancel each other. */
const MOST_OF_RANGE = 1.6;
/** Standard errors that the tail's growth is given when it is asked whether it is too small … */
const TAIL_ERRORS = 0.4;
/** … and that are taken off when it is asked whether it is surely there. */
const STEADY_TAIL_ERRORS = 1.5;
const STEADY_TAIL = 0.3;
const STEADY_ERRORS = 6;

/** The best rising account that passes, else the one that falls least short; undefined when none comes near. */
export function growthOf(
  record: StreamRecord,
  weighing: Weighing,
  context: GrowthContext,
): Growth | undefined {
  const allowances = allowancesFor(record, context);
  let doubtful: Growth | undefined;
  for (const weighed of weighing.rising) {
    if (!isMaterial(record, weighed, context)) continue;
    const tail = tailOf(record, weighed, LAST_THIRD);
    if (tail.share + TAIL_ERRORS * tail.error < context.policy.leastShareInTail) continue;
    const steady =
      tail.share - STEADY_TAIL_ERRORS * tail.error > STEADY_TAIL && errorsOf(weighed) > STEADY_ERRORS;
    const margin = marginOf(weighing, weighed, context, allowances(steady));
    const growth = {
      weighed,
      margin,
      share: grownShare(record, weighed),
      isUndiminished: isUndiminished(record, weighed, tail.share),
    };
    if (margin > 0) return growth;
    if (margin > Math.max(-context.policy.mostDoubt, doubtful?.margin ?? Number.NEGATIVE_INFINITY))
      doubtful = growth;
  }
  return doubtful;
}

/** By so much a rise must be likelier to have ended than to go on, to say so. */
const LEAST_ADVANTAGE_OF_END = 3;

/** Whether it is too early to say that a rise has ended. */
export function mayGoOn(record: StreamRecord, { level, rising }: Weighing, context: GrowthContext): boolean {
  const ended = level[0]?.score ?? Number.NEGATIVE_INFINITY;
  return rising.some(
    (weighed) => weighed.score > ended - LEAST_ADVANTAGE_OF_END && isMaterial(record, weighed, context),
  );
}

/** The growth's coefficient, per unit of its column. */
export const rateOf = ({ fit }: Weighed): number => lastOf(fit.coefficients);

const errorsOf = (weighed: Weighed) => rateOf(weighed) / weighed.fit.lastError;

const growthColumn = ({ design: { columns } }: Weighed): Column => columns.at(-1) ?? new Float64Array();

const rangeOf = (column: Column) =>
  column.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY) -
  column.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);

function isMaterial(record: StreamRecord, weighed: Weighed<RisingFamily>, context: GrowthContext): boolean {
  const { policy, leastGrowth } = context;
  const growth = rateOf(weighed) * rangeOf(growthColumn(weighed));
  const range = rangeOf(record.values);
  const leastOfDriven = context.heapDriven ? policy.leastShareOfHeapDriven : policy.leastShareOfDriven;
  return (
    errorsOf(weighed) > policy.leastErrors &&
    growth > leastGrowth &&
    growth < MOST_OF_RANGE * range &&
    growth > leastOfDriven * drivenRise(record, weighed) &&
    (!isPartOfRise(weighed.account.family) || growth > policy.leastShareOfRise * riseOf(record.values, 0.1))
  );
}

const isPartOfRise = (family: RisingFamily) =>
  family === 'levelling-off-and-linear' || family === 'filled-and-linear' || family === 'step-and-linear';

/** By how much the figures rose because their driver did. */
export function drivenRise(record: StreamRecord, { driver, fit }: Weighed): number {
  if (driver === undefined) return 0;
  return (fit.coefficients[record.lives.length] as number) * riseOf(driver, 0.2);
}

function marginOf(
  weighing: Weighing,
  weighed: Weighed<RisingFamily>,
  { policy, samples }: GrowthContext,
  allowance: Allowance,
): number {
  const young = policy.advantageMoreWhenYoung * Math.max(0, Math.log(policy.adultSamples / samples));
  const more = policy.advantageMore[weighed.account.family] + young;
  const margins = weighing.level.map(
    ({ account: { family }, score }) =>
      weighed.score - score - policy.advantageOver[family] - more + allowance(family),
  );
  return Math.min(...margins);
}

type Allowance = (family: LevelFamily) => number;

/** How much less sure a rise may be against accounts that it has ended. */
function allowancesFor(
  { values }: StreamRecord,
  { policy, followsPeaks }: GrowthContext,
): (steady: boolean) => Allowance {
  const forPeaks = followsPeaks && risesInRank(values) ? policy.allowanceForPeaks : undefined;
  return (steady) => (family) =>
    (steady ? policy.allowanceWhenSteady[family] : 0) + (forPeaks?.[family] ?? 0);
}

const RANKED_WINDOWS = 24;
/** Kendall's rank correlation with time; steps leave the record level between them, and its ranks in disorder. */
const LEAST_RANK_CORRELATION = 0.75;

function risesInRank(values: Column): boolean {
  const means = windowMeans(values, RANKED_WINDOWS);
  return mannKendall(means).s > (LEAST_RANK_CORRELATION * means.length * (means.length - 1)) / 2;
}

/** Of the growth in all, that the last third and the last fifth alone must each show to be as steep as ever. */
const UNDIMINISHED: Ratio = 0.95;

const isUndiminished = (record: StreamRecord, weighed: Weighed<RisingFamily>, lastThird: number) =>
  lastThird >= UNDIMINISHED && tailOf(record, weighed, LAST_FIFTH).share >= UNDIMINISHED;

const LAST_THIRD: Ratio = 1 / 3;
const LAST_FIFTH: Ratio = 1 / 5;

/** The growth of the last part alone, over that of all, once everything else in the account is taken away. */
function tailOf(record: StreamRecord, weighed: Weighed, part: Ratio): { share: number; error: number } {
  const start = Math.floor(record.values.length * (1 - part));
  const growth = growthColumn(weighed).subarray(start);
  const rest = record.values.slice(start).map((value, offset) => {
    const others = weighed.design.columns.slice(0, -1);
    return others.reduce(
      (left, column, index) =>
        left - (weighed.fit.coefficients[index] as number) * (column[start + offset] as number),
      value,
    );
  });
  const { slope, error } = plainSlope(growth, rest);
  return { share: slope / rateOf(weighed), error: error / rateOf(weighed) };
}

function plainSlope(x: Column, y: Column): { slope: number; error: number } {
  const count = x.length;
  const meanX = x.reduce((sum, value) => sum + value, 0) / count;
  const meanY = y.reduce((sum, value) => sum + value, 0) / count;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let index = 0; index < count; index++) {
    const dx = (x[index] as number) - meanX;
    const dy = (y[index] as number) - meanY;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const slope = xy / xx;
  return { slope, error: Math.sqrt(Math.max(0, yy - slope * xy) / Math.max(1, count - 2) / xx) };
}

function grownShare(record: StreamRecord, { account }: Weighed<RisingFamily>): number {
  return account.family === 'since-onset' ? 1 - (account.atSeconds ?? 0) / spanOf(record) : 1;
}
