// How patient the state machine is: the settings of alerting, in the units the machine counts in.
import type { Seconds } from '../units/index.ts';

export interface AlertPolicy {
  /** Failing checks in a row before anyone is notified; at least 1. */
  readonly consecutiveFailures: number;
  /** For this long after a notification that an alert fires, the same alert is not notified again. */
  readonly dedupWindowSeconds: Seconds;
  /** For this long without a breach a resolved incident can still be reopened; then it is closed for good. */
  readonly recoverySeconds: Seconds;
}

/** Takes the settings as `config/` has them. */
export function policyOf(settings: {
  readonly consecutiveFailures: number;
  readonly dedupWindow: number;
  readonly alertRecoveryMinutes: number;
}): AlertPolicy {
  return {
    consecutiveFailures: settings.consecutiveFailures,
    dedupWindowSeconds: settings.dedupWindow,
    recoverySeconds: settings.alertRecoveryMinutes * 60,
  };
}
