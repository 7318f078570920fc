// One account of a record on the scales: fitted under a correlation of the noise, scored by its likelihood less the price of its
// parameters, and moved to where it fits best.
import type { Account, LevelFamily, RisingFamily } from './account.ts';
import { levelsOf, type StreamRecord } from './record.ts';
import { type Column, createRegression, type Design, type Fit } from './regression.ts';

export interface Weighed<F = LevelFamily | RisingFamily> {
  readonly account: Account<F>;
  readonly fit: Fit;
  readonly score: number;
  /** Of the noise between neighbouring buckets. */
  readonly correlation: number;
  readonly driver?: Column;
  /** Its columns are in the order of the coefficients: one a life, the driver if it is used, the account's own. */
  readonly design: Design;
}

export interface Scales {
  /** Undefined when there are too few readings, or a coefficient is not what it must be. */
  weigh<F extends LevelFamily | RisingFamily>(
    account: Account<F>,
    correlation: number,
    driver: Column | undefined,
  ): Weighed<F> | undefined;
  /** The same account under the correlation that suits it best; the likelihood has one peak along it. */
  settle<F extends LevelFamily | RisingFamily>(weighed: Weighed<F>): Weighed<F>;
  /** With the turn or the memory that suits it best, looked for between those of its family that were tried. */
  refine<F extends LevelFamily | RisingFamily>(
    weighed: Weighed<F>,
    family: readonly Account<F>[],
  ): Weighed<F>;
}

export const CORRELATIONS = [0, 0.3, 0.55, 0.75, 0.88, 0.95, 0.985];

/** Each halves the distance to the neighbours. */
const REFINEMENTS = 3;
/** A driver that would account for more than twice of all there is, is none: it happens to rise with it. */
const MOST_DRIVEN = 2;

export function createScales(record: StreamRecord): Scales {
  const { values, lives, nothing = Number.NEGATIVE_INFINITY } = record;
  const level = createRegression(values, lives).with(levelsOf(record));
  const driven = new Map<Column, Design>();
  const baseOf = (driver: Column | undefined): Design => {
    if (driver === undefined) return level;
    const known = driven.get(driver) ?? level.with([driver]);
    driven.set(driver, known);
    return known;
  };
  const mayDrive = ({ coefficients }: Fit): boolean => {
    const share = coefficients[lives.length] as number;
    return share > 0 && share < MOST_DRIVEN * ((coefficients[lives.length - 1] as number) - nothing);
  };
  const under = <W extends Omit<Weighed, 'fit' | 'score' | 'correlation'>>(
    candidate: W,
    correlation: number,
  ) => {
    const { account, driver, design } = candidate;
    const parameters = design.columns.length + account.searched;
    const spare = values.length - parameters - 1;
    const fit = spare < 2 ? undefined : design.fit(correlation);
    if (fit === undefined || !lastArePositive(fit.coefficients, account.positive)) return undefined;
    if (driver !== undefined && !mayDrive(fit)) return undefined;
    const price = (parameters / 2) * Math.log(values.length) + (parameters * (parameters + 1)) / spare;
    return { ...candidate, fit, correlation, score: fit.logLikelihood - price };
  };
  const scales: Scales = {
    weigh(account, correlation, driver) {
      const design = baseOf(driver).with(account.columns);
      return under({ account, design, ...(driver && { driver }) }, correlation);
    },
    settle(weighed) {
      const start = CORRELATIONS.indexOf(weighed.correlation);
      let winner = weighed;
      for (const step of [1, -1]) {
        for (let index = start + step; index >= 0 && index < CORRELATIONS.length; index += step) {
          const next = under(weighed, CORRELATIONS[index] as number);
          if (next === undefined || next.score <= winner.score) break;
          winner = next;
        }
      }
      return winner;
    },
    refine(weighed, family) {
      const { moved, atSeconds: at } = weighed.account;
      if (moved === undefined || at === undefined) return weighed;
      const tried = family.flatMap(({ atSeconds = at }) => atSeconds);
      let winner = weighed;
      let below = Math.max(...tried.filter((other) => other < at));
      let above = Math.min(...tried.filter((other) => other > at));
      for (let round = 0; round < REFINEMENTS; round++) {
        const middle = winner.account.atSeconds ?? at;
        below = Number.isFinite(below) ? (below + middle) / 2 : middle;
        above = Number.isFinite(above) ? (above + middle) / 2 : middle;
        for (const other of [below, above]) {
          if (other === middle) continue;
          const next = scales.weigh(moved(other), winner.correlation, weighed.driver);
          if (next !== undefined && next.score > winner.score) winner = next;
        }
      }
      return winner;
    },
  };
  return scales;
}

function lastArePositive(coefficients: readonly number[], count: number): boolean {
  for (let back = 1; back <= count; back++) {
    if (!((coefficients[coefficients.length - back] as number) > 0)) return false;
  }
  return true;
}
