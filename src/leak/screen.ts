// A cheap look before the weighing: most series of most hosts do nothing, and for those four plain regressions are enough to see
// that no account with growth could win. Plain least squares takes the noise for white, which overstates every trend: what it does
// not see is not there.
import { lastOf, type StreamRecord, spanOf } from './record.ts';
import { type Column, createWhitener } from './regression.ts';

export interface Screening {
  readonly mayRise: boolean;
  readonly mayFall: boolean;
}

/** Standard errors. */
const LEAST_ERRORS = 2.5;
/** Shares of the record at which a trend may have begun; the first is the whole. */
const ONSETS = [0, 0.5, 0.75];

export function screen(record: StreamRecord): Screening {
  const whitener = createWhitener(0, record.lives);
  const intercepts = record.lives.map((start, life) =>
    new Float64Array(record.values.length).fill(1, start, record.lives[life + 1] ?? record.values.length),
  );
  const errorsOf = (driver: readonly Column[], onset: number): number => {
    const since = onset === 0 ? record.ages : record.times.map((time) => Math.max(0, time - onset));
    const fit = whitener.fit([...intercepts, ...driver, since], record.values);
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
