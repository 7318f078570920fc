// Weighs the accounts of a record against each other. Each is fitted under several correlations of the noise (up to nearly a random
// walk, so that wandering is an account too) and judged by its likelihood less the price of its parameters (Schwarz, "Estimating
// the dimension of a model", 1978, with Hurvich and Tsai's correction for few readings, 1989). Where what drives the figures is
// known (requests; for RSS the heap), a rising account always includes it: when both rise together, the driver is credited.
import { type Account, accountsOf, type LevelFamily, type RisingFamily } from './accounts.ts';
import type { StreamRecord } from './record.ts';
import { type Column, createWhitener, type Fit, type Whitener } from './regression.ts';

export interface Weighed<F = LevelFamily | RisingFamily> {
  readonly account: Account<F>;
  readonly fit: Fit;
  readonly score: number;
  /** Of the noise between neighbouring buckets. */
  readonly correlation: number;
  /** In the order of the coefficients: one a life, the driver if it is used, the account's own. */
  readonly columns: readonly Column[];
  readonly driver?: Column;
}

/** The best of each family, best first; the families that fit at all. Level ones always include `level`. */
export interface Weighing {
  readonly level: readonly Weighed<LevelFamily>[];
  readonly rising: readonly Weighed<RisingFamily>[];
}

const CORRELATIONS = [0, 0.3, 0.55, 0.75, 0.88, 0.95, 0.985];
/** Of them, those that are tried before anything else is known. */
const FIRST_TRIED = [0, 2, 4];

/** The values should be of order 1: the caller subtracts a base and divides by a scale. */
export function weigh(record: StreamRecord): Weighing {
  const bench = createBench(record);
  const accounts = accountsOf(record, servedSince(record));
  const simple = [accounts.level[0]?.[0], accounts.rising[0]?.[0]].filter((account) => account !== undefined);
  // First a level and a line settle the noise's correlation and the driver's lag; then each family's turn is searched with them.
  const first = best(
    [undefined, ...record.drivers].flatMap((driver) =>
      simple.flatMap((account) => FIRST_TRIED.map((index) => bench.weigh(account, index, driver))),
    ),
  );
  const index = first === undefined ? 0 : CORRELATIONS.indexOf(first.correlation);
  const driver =
    first?.driver ??
    best(record.drivers.flatMap((each) => simple.map((account) => bench.weigh(account, index, each))))
      ?.driver;
  const bestOf = <F extends LevelFamily | RisingFamily>(
    members: readonly Account<F>[],
    choices: readonly (Column | undefined)[],
  ) => best(choices.flatMap((choice) => members.map((account) => bench.weigh(account, index, choice))));
  return {
    level: ranked(
      accounts.level.map((members) =>
        bench.settle(bestOf(members, driver ? [undefined, driver] : [undefined])),
      ),
    ),
    rising: ranked(
      accounts.rising.map((members) =>
        bench.settle(bestOf(members, [driver]) ?? (driver && bestOf(members, [undefined]))),
      ),
    ),
  };
}

function best<W extends Weighed>(candidates: readonly (W | undefined)[]): W | undefined {
  let winner: W | undefined;
  for (const candidate of candidates) {
    if (candidate !== undefined && (winner === undefined || candidate.score > winner.score))
      winner = candidate;
  }
  return winner;
}

function ranked<W extends Weighed>(candidates: readonly (W | undefined)[]): W[] {
  return candidates.filter((candidate) => candidate !== undefined).sort((a, b) => b.score - a.score);
}

interface Bench {
  /** Undefined when there are too few readings, or a coefficient that must be positive is not. */
  weigh<F extends LevelFamily | RisingFamily>(
    account: Account<F>,
    correlation: number,
    driver: Column | undefined,
  ): Weighed<F> | undefined;
  /** The same account under the correlation that suits it best; the likelihood has one peak along it. */
  settle<F extends LevelFamily | RisingFamily>(weighed: Weighed<F> | undefined): Weighed<F> | undefined;
}

function createBench(record: StreamRecord): Bench {
  const { values, lives } = record;
  const whiteners: readonly Whitener[] = CORRELATIONS.map((each) => createWhitener(each, lives));
  const intercepts = lives.map((start, life) =>
    new Float64Array(values.length).fill(1, start, lives[life + 1] ?? values.length),
  );
  const bench: Bench = {
    weigh(account, index, driver) {
      const driven = driver === undefined ? intercepts : [...intercepts, driver];
      const columns = [...driven, ...account.columns];
      const parameters = columns.length + account.searched;
      const spare = values.length - parameters - 1;
      const fit = spare < 2 ? undefined : whiteners[index]?.fit(columns, values);
      if (fit === undefined) return undefined;
      if (!lastArePositive(fit.coefficients, account.positive)) return undefined;
      if (driver !== undefined && !((fit.coefficients[intercepts.length] as number) > 0)) return undefined;
      const price = (parameters / 2) * Math.log(values.length) + (parameters * (parameters + 1)) / spare;
      return {
        account,
        fit,
        columns,
        score: fit.logLikelihood - price,
        correlation: CORRELATIONS[index] as number,
        ...(driver && { driver }),
      };
    },
    settle(weighed) {
      if (weighed === undefined) return undefined;
      const start = CORRELATIONS.indexOf(weighed.correlation);
      let winner = weighed;
      for (const step of [1, -1]) {
        for (let index = start + step; index >= 0 && index < CORRELATIONS.length; index += step) {
          const next = bench.weigh(weighed.account, index, weighed.driver);
          if (next === undefined || next.score <= winner.score) break;
          winner = next;
        }
      }
      return winner;
    },
  };
  return bench;
}

function lastArePositive(coefficients: Float64Array, count: number): boolean {
  for (let back = 1; back <= count; back++) {
    if (!((coefficients[coefficients.length - back] as number) > 0)) return false;
  }
  return true;
}

/** Requests since the life began, in seconds of the mean load. */
function servedSince({ rates, ages, lives }: StreamRecord): Column | undefined {
  if (rates === undefined) return undefined;
  const starts = new Set(lives);
  let sum = 0;
  return ages.map((age, index) => {
    const before = ages[index - 1] ?? 0;
    sum = starts.has(index) ? age : sum + (age - before) * (rates[index] as number);
    return sum;
  });
}
