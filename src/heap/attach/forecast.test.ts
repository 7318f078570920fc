import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GIB, MIB } from '../../units/index.ts';
import { forecastPause, pauseText } from './forecast.ts';

describe('the pause that reading a profile costs', () => {
  it('holds what was measured at 100 MB and at 1 GB', () => {
    const small = forecastPause(100e6);
    assert.ok(small.lowSeconds <= 0.062 && small.highSeconds >= 0.153);
    const large = forecastPause(1e9);
    assert.ok(large.lowSeconds <= 0.6 && large.highSeconds >= 2.1);
  });

  it('needs consent above 1 GiB', () => {
    assert.equal(forecastPause(GIB).needsConsent, false);
    assert.equal(forecastPause(GIB + 1).needsConsent, true);
  });

  it('reads as a sentence does', () => {
    assert.equal(pauseText(forecastPause(100 * MIB)), 'a heap of 100 MiB for about 60 ms to 230 ms');
    assert.equal(pauseText(forecastPause(2 * GIB)), 'a heap of 2.00 GiB for about 1.2 s to 4.7 s');
  });
});
