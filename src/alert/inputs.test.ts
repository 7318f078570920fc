import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GIB } from '../units/index.ts';
import { thresholdsOf } from './inputs.ts';
import { policyOf } from './policy.ts';

describe('settings of alerting', () => {
  it('become thresholds in bytes and per cent', () => {
    const settings = { memoryThreshold: 85, processRssThresholdMb: 2048 };
    assert.deepEqual(thresholdsOf(settings), { memoryPercent: 85, processRssBytes: 2 * GIB });
    assert.equal(thresholdsOf({ ...settings, maxRuntime: 5 }).checkSeconds, 5);
  });

  it('become a policy in seconds', () => {
    assert.deepEqual(policyOf({ consecutiveFailures: 3, dedupWindow: 300, alertRecoveryMinutes: 60 }), {
      consecutiveFailures: 3,
      dedupWindowSeconds: 300,
      recoverySeconds: 3600,
    });
  });
});
