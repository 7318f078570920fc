// A cheap look before the weighing: most series of most hosts do nothing, and for those four plain regressions are enough to see
// that no account with growth could win. Plain least squares takes the noise for white, which overstates every trend: what it does
// not see is not there.
import { lastOf, levelsOf, type StreamRecord, spanOf } from './record.ts';
import { type Column, createRegression } from './regression.ts';

export interface Screening {
  readonly mayRise: boolean;
  readonly mayFall: boolean;
}

/** Standard errors. */
const LEAST_ERRORS = 2.5;
/** Shares of the record at which a trend may have begun; the first is the whole. */
const ONSETS = [0, 0.5, 0.75];

export function screen(record: StreamRecord): Screening {
  const level = createRegression(record.values, record.lives).with(levelsOf(record));
  const errorsOf = (driver: readonly Column[], onset: number): number => {
    const since = onset === 0 ? record.ages : record.times.map((time) => Math.max(0, time - onset));
    const fit = level.with([...driver, since]).fit(0);
    return fit === undefined ? 0 : lastOf(fit.coefficients) / fit.lastError;
  };
  const trends = [[], ...record.drivers.map((driver) => [driver])].flatMap((driver) =>
    ONSETS.map((share) => errorsOf(driver, share * spanOf(record))),
  );
  return {
    mayRise: trends.some((errors) => errors > LEAST_ERRORS),
    mayFall: errorsOf([], 0) < -LEAST_ERRORS,
  };
}
