import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ALERT_KEYS } from '../../model/index.ts';
import { GIB } from '../../units/index.ts';
import { observe } from './index.ts';

describe('observe', () => {
  it('asks every rule, each under its own key', () => {
    const observations = observe({ thresholds: { memoryPercent: 85, processRssBytes: GIB } });
    assert.deepEqual(
      observations.map(({ key }) => key),
      ALERT_KEYS,
    );
  });

  it('fails nothing when nothing could be read', () => {
    const outcomes = observe({ thresholds: { memoryPercent: 85, processRssBytes: GIB, checkSeconds: 1 } });
    assert.deepEqual(new Set(outcomes.map(({ outcome }) => outcome)), new Set(['unknown']));
  });
});
