import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SEVERITIES } from '../model/index.ts';
import { severityOf, severityOfOvershoot } from './severity.ts';

describe('severityOf', () => {
  const cases = [
    { value: 85.1, threshold: 85, severity: 'warning' },
    { value: 89.2, threshold: 85, severity: 'warning' },
    { value: 89.3, threshold: 85, severity: 'medium' },
    { value: 95, threshold: 85, severity: 'medium' },
    { value: 95.1, threshold: 85, severity: 'high' },
    // Exactly 5 and exactly 15 per cent over: not past the boundary.
    { value: 84, threshold: 80, severity: 'warning' },
    { value: 84.1, threshold: 80, severity: 'medium' },
    { value: 92, threshold: 80, severity: 'medium' },
    { value: 92.1, threshold: 80, severity: 'high' },
    // Nearly full is high, however small the overshoot.
    { value: 95.1, threshold: 95, severity: 'high' },
    { value: 100, threshold: 99, severity: 'high' },
    { value: 12, threshold: 10, severity: 'high' },
  ] as const;
  for (const { value, threshold, severity } of cases) {
    it(`${value} % over ${threshold} % is ${severity}`, () => {
      assert.equal(severityOf(value, threshold), severity);
    });
  }

  it('never falls while the value rises', () => {
    const percent = fc.double({ min: 0, max: 100, noNaN: true });
    const threshold = fc.double({ min: 0.1, max: 100, noNaN: true });
    fc.assert(
      fc.property(percent, percent, threshold, (a, b, limit) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const rank = (value: number) => SEVERITIES.indexOf(severityOf(value, limit));
        assert.ok(rank(low) <= rank(high));
      }),
    );
  });
});

describe('severityOfOvershoot', () => {
  it('knows no "nearly full": 2050 of an allowed 2048 is a warning', () => {
    assert.equal(severityOfOvershoot(2050, 2048), 'warning');
    assert.equal(severityOfOvershoot(2048 * 1.06, 2048), 'medium');
    assert.equal(severityOfOvershoot(2048 * 1.16, 2048), 'high');
  });
});
