import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GIB } from '../../units/index.ts';
import { monitoringTimeout } from './monitoring-timeout.ts';

const unbounded = { memoryPercent: 85, processRssBytes: GIB };
const thresholds = { ...unbounded, checkSeconds: 5 };

describe('monitoring_timeout', () => {
  it('fails when a check took longer than it may', () => {
    assert.equal(monitoringTimeout({ checkSeconds: 5, thresholds }).outcome, 'healthy');
    assert.deepEqual(monitoringTimeout({ checkSeconds: 5.1, thresholds }), {
      key: 'monitoring_timeout',
      outcome: 'breach',
      type: 'monitoring',
      severity: 'high',
      title: 'Monitoring timeout',
      message: 'Monitoring timeout: a health check took more than 5 s',
    });
  });

  it('is healthy where nothing bounds a check, and unknown where its time is', () => {
    assert.equal(monitoringTimeout({ checkSeconds: 999, thresholds: unbounded }).outcome, 'healthy');
    assert.equal(monitoringTimeout({ thresholds }).outcome, 'unknown');
  });
});
