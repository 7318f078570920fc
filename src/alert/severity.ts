// How bad a breach is: by how far the value is over its threshold, relative to the threshold.
import type { Severity } from '../model/index.ts';
import type { Percent } from '../units/index.ts';

const HIGH_OVERSHOOT: Percent = 15;
const MEDIUM_OVERSHOOT: Percent = 5;
/** So near to full that the threshold no longer matters. */
const NEARLY_FULL: Percent = 95;

/** Of a share in per cent that is above its threshold. */
export function severityOf(value: Percent, threshold: Percent): Severity {
  return value > NEARLY_FULL ? 'high' : severityOfOvershoot(value, threshold);
}

/** Of an amount in any unit that is above its threshold in the same unit. */
export function severityOfOvershoot(value: number, threshold: number): Severity {
  const overshoot = ((value - threshold) / threshold) * 100;
  if (overshoot > HIGH_OVERSHOOT) return 'high';
  return overshoot > MEDIUM_OVERSHOOT ? 'medium' : 'warning';
}
