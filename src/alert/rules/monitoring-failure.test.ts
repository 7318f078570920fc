import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GIB } from '../../units/index.ts';
import { monitoringFailure } from './monitoring-failure.ts';

const thresholds = { memoryPercent: 85, processRssBytes: GIB };

describe('monitoring_failure', () => {
  it('tells every failure there is', () => {
    const ownFailures = ['the store is full', '/proc/meminfo could not be read'];
    assert.deepEqual(monitoringFailure({ ownFailures, thresholds }), {
      key: 'monitoring_failure',
      outcome: 'breach',
      type: 'monitoring',
      severity: 'critical',
      title: 'Monitoring failure',
      message: 'Monitoring failure: the store is full; /proc/meminfo could not be read',
    });
  });

  it('tells "none" from "not known"', () => {
    assert.equal(monitoringFailure({ ownFailures: [], thresholds }).outcome, 'healthy');
    assert.equal(monitoringFailure({ thresholds }).outcome, 'unknown');
  });
});
