import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Verdict } from '../../../src/api/wire.ts';
import { HOUR, MIB } from '../../../src/units/index.ts';
import { ceilingFor, isShape, limitOf, sayable } from './evidence.ts';

const LEAK: Verdict = {
  subject: 'process:4211',
  verdict: 'leaking',
  leak: true,
  confidence: 0.9,
  growth_bytes_per_hour: 60 * MIB,
  time_to_limit_seconds: 2 * HOUR,
  evidence: [],
};

describe('the limit on the curve', () => {
  it('is where the growth arrives when the verdict says it does', () => {
    assert.equal(limitOf(LEAK, 380 * MIB), 500 * MIB);
  });

  it('is none where the verdict knows of none', () => {
    assert.equal(limitOf({ ...LEAK, time_to_limit_seconds: null }, 380 * MIB), undefined);
    assert.equal(limitOf({ ...LEAK, growth_bytes_per_hour: null }, 380 * MIB), undefined);
  });

  it('has the axis reach it while that leaves the curve its height', () => {
    assert.ok(ceilingFor(500 * MIB, 380 * MIB) > 500 * MIB);
    assert.equal(ceilingFor(16 * 1024 * MIB, 380 * MIB), 0);
    assert.equal(ceilingFor(undefined, 380 * MIB), 0);
  });
});

describe('evidence', () => {
  it('is no account of the curve while it is too early to tell', () => {
    const points = [{ timestamp: '2026-01-01T00:00:00Z', value: 1 }];
    const evidence = [
      { kind: 'early', text: 'it is too early to tell', points },
      { kind: 'line', text: 'what the account says', points },
    ];
    const early: Verdict = { ...LEAK, verdict: 'not-enough-data', leak: false, evidence };
    assert.deepEqual(sayable(early).evidence, [{ kind: 'early', text: 'it is too early to tell' }]);
    assert.equal(sayable(LEAK), LEAK);
  });

  it('is drawn or told, not both', () => {
    const kinds = ['floor', 'growth', 'shape', 'line', 'band-low', 'band-high'];
    const told = kinds.filter((kind) => !isShape({ kind, text: '' }));
    assert.deepEqual(told, ['floor', 'growth', 'shape']);
  });
});
