// Weighs the accounts of a record against each other. Each is fitted under several correlations of the noise (up to nearly a random
// walk, so that wandering is an account too) and judged by its likelihood less the price of its parameters (Schwarz, "Estimating
// the dimension of a model", 1978, with Hurvich and Tsai's correction for few readings, 1989). Where what drives the figures is
// known (requests; for RSS the heap), a rising account includes it, unless that would drive them down: when both rise together,
// the driver is credited.
import type { Account, LevelFamily, RisingFamily } from './account.ts';
import { accountsOf } from './accounts.ts';
import type { StreamRecord } from './record.ts';
import type { Column } from './regression.ts';
import { CORRELATIONS, createScales, type Scales, type Weighed } from './weighed.ts';
import { finish, type Work } from './work.ts';

/** The best of each family, best first; the families that fit at all. Level ones always include `level`. */
export interface Weighing {
  readonly level: readonly Weighed<LevelFamily>[];
  readonly rising: readonly Weighed<RisingFamily>[];
}

/** Correlations that are tried before anything else is known. */
const FIRST_TRIED = CORRELATIONS.filter((_, index) => index % 2 === 0 && index < 5);

/** The values should be of order 1: the caller subtracts a base and divides by a scale. A unit is a family, a few dozen fits at most. */
export function* weighing(record: StreamRecord): Work<Weighing> {
  const scales = createScales(record);
  const accounts = accountsOf(record, servedSince(record));
  const simple = [accounts.level[0]?.[0], accounts.rising[0]?.[0]].filter((account) => account !== undefined);
  // First a level and a line settle the noise's correlation and the driver's lag; then each family's turn is searched with them.
  const first = best(
    [undefined, ...record.drivers].flatMap((driver) =>
      simple.flatMap((account) => FIRST_TRIED.map((each) => scales.weigh(account, each, driver))),
    ),
  );
  const correlation = first?.correlation ?? 0;
  const driver =
    first?.driver ??
    best(record.drivers.flatMap((each) => simple.map((account) => scales.weigh(account, correlation, each))))
      ?.driver;
  yield;
  const withDriver = <F extends LevelFamily | RisingFamily>(account: Account<F>) =>
    driver && scales.weigh(account, correlation, driver);
  const withoutDriver = <F extends LevelFamily | RisingFamily>(account: Account<F>) =>
    scales.weigh(account, correlation, undefined);
  return {
    level: yield* bestOfEach(scales, accounts.level, (account) =>
      best([withoutDriver(account), withDriver(account)]),
    ),
    rising: yield* bestOfEach(
      scales,
      accounts.rising,
      (account) => withDriver(account) ?? withoutDriver(account),
    ),
  };
}

export const weigh = (record: StreamRecord): Weighing => finish(weighing(record));

function* bestOfEach<F extends LevelFamily | RisingFamily>(
  scales: Scales,
  families: readonly (readonly Account<F>[])[],
  weighOne: (account: Account<F>) => Weighed<F> | undefined,
): Work<readonly Weighed<F>[]> {
  const found: (Weighed<F> | undefined)[] = [];
  for (const members of families) {
    const winner = best(members.map(weighOne));
    found.push(winner && scales.settle(scales.refine(scales.settle(winner), members)));
    yield;
  }
  return ranked(found);
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
