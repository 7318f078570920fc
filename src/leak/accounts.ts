// The accounts that can be given of a series: it is level, it stepped, it levelled off, it filled up; or it rises still. Each is a
// set of columns for the regression. A leak is a rise that no account without growth at its end explains about as well.
import type { Account, LevelFamily, RisingFamily } from './account.ts';
import { lastOf, type StreamRecord, spanOf } from './record.ts';
import type { Column } from './regression.ts';
import { createRoom, type Room } from './room.ts';
import { stepsOf } from './steps.ts';

export interface Accounts {
  /** By family, each a list of the turns and memories to try. */
  readonly level: readonly (readonly Account<LevelFamily>[])[];
  readonly rising: readonly (readonly Account<RisingFamily>[])[];
}

/** Shares of the span at which a rise may have ended or begun. */
const TURNS = [0.1, 0.18, 0.26, 0.34, 0.42, 0.5, 0.58, 0.66, 0.74, 0.82, 0.88];
/** A rise counts as ended once its plateau is a quarter of the record: of a later turn nothing can be said yet. */
const LATEST_FILL = 0.75;
/** Shares of the span in which a rise that levels off does 63 % of its way. The last has 5 % of its slope left at the end. */
const MEMORIES = [0.015, 0.03, 0.05, 0.08, 0.12, 0.17, 0.24, 0.33];
/** Start-up beside a slower levelling off. */
const FAST_MEMORIES = [0.015, 0.04];
const LEAST_BUCKETS_AFTER_ONSET = 5;

/** `served`: requests since the life began, where they are known. */
export function accountsOf(record: StreamRecord, served: Column | undefined): Accounts {
  const oldest = record.ages.reduce((most, age) => Math.max(most, age), 0);
  const room = createRoom(record.values.length);
  const steps = stepsOf(room, record);
  const levelling = MEMORIES.map((share) => levellingOff(room, record.ages, [share * oldest]));
  const startUpAndLevelling = FAST_MEMORIES.flatMap((fast) =>
    MEMORIES.slice(3).map((share) => levellingOff(room, record.ages, [fast * oldest, share * oldest])),
  );
  const filled = TURNS.filter((share) => share < LATEST_FILL).map((share) =>
    filledAt(room, record.ages, share * oldest),
  );
  return {
    level: [[LEVEL], steps.one, steps.two, levelling, startUpAndLevelling, filled],
    rising: [
      [risingWith(LEVEL, 'linear', record.ages)],
      onsets(room, record),
      [accelerating(room, record.ages, oldest)],
      served === undefined ? [] : [perRequest(record, served)],
      levelling.slice(0, -2).map((base) => risingWith(base, 'levelling-off-and-linear', record.ages)),
      filled.slice(0, -3).map((base) => risingWith(base, 'filled-and-linear', record.ages)),
      [...steps.one, ...steps.two].map((base) => risingWith(base, 'step-and-linear', record.ages)),
    ],
  };
}

const LEVEL: Account<LevelFamily> = { family: 'level', columns: [], positive: 0, searched: 0, endSlope: 0 };

/** In a rising account whatever else there is rises too: growth that makes up for a fall is no leak. */
function risingWith(
  base: Account<LevelFamily>,
  family: RisingFamily,
  growth: Column,
  endSlope = 1,
): Account<RisingFamily> {
  const columns = [...base.columns, growth];
  const { moved } = base;
  return {
    family,
    columns,
    positive: columns.length,
    searched: base.searched,
    endSlope,
    ...(base.atSeconds !== undefined && { atSeconds: base.atSeconds }),
    ...(moved && { moved: (atSeconds) => risingWith(moved(atSeconds), family, growth, endSlope) }),
  };
}

function levellingOff(room: Room, ages: Column, memories: readonly number[]): Account<LevelFamily> {
  const columns = memories.map((memory) => room.saturation(ages, memory));
  const searched = memories.length;
  return {
    family: 'levelling-off',
    columns,
    positive: searched,
    searched,
    endSlope: 0,
    atSeconds: lastOf(memories),
    moved: (atSeconds) => levellingOff(room, ages, [...memories.slice(0, -1), atSeconds]),
  };
}

function filledAt(room: Room, ages: Column, end: number): Account<LevelFamily> {
  return {
    family: 'filled',
    columns: [room.rampTo(ages, end)],
    positive: 1,
    searched: 1,
    endSlope: 0,
    atSeconds: end,
    moved: (atSeconds) => filledAt(room, ages, atSeconds),
  };
}

/** Growth that began within the newest life. */
function onsets(room: Room, record: StreamRecord): Account<RisingFamily>[] {
  const { times, lives } = record;
  const born = times[lives.at(-1) ?? 0] ?? 0;
  return TURNS.map((share) => born + share * (lastOf(times) - born))
    .filter((turn) => times.length - times.findIndex((time) => time >= turn) >= LEAST_BUCKETS_AFTER_ONSET)
    .map((turn) => ({
      ...risingWith(LEVEL, 'since-onset', room.rampFrom(times, turn)),
      searched: 1,
      atSeconds: turn,
    }));
}

function accelerating(room: Room, ages: Column, oldest: number): Account<RisingFamily> {
  return risingWith(LEVEL, 'accelerating', room.squares(ages, oldest), (2 * lastOf(ages)) / oldest);
}

function perRequest(record: StreamRecord, served: Column): Account<RisingFamily> {
  const span = spanOf(record);
  return risingWith(LEVEL, 'per-request', served, span > 0 ? riseAlong(served) / riseAlong(record.ages) : 0);
}

const riseAlong = (column: Column) => Math.max(...column) - Math.min(...column) || 1;
