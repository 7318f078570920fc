import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProfileBuilder } from '../../profile/index.ts';
import { createTracedReadings } from './traced-memory.ts';

const profileOf = (bytes: number) => {
  const builder = new ProfileBuilder();
  builder.addSample(builder.stackOf([]), bytes, 1);
  return builder.build({ counts: 'objects' });
};

describe('traced memory', () => {
  it('is not known before the first reading', () => {
    const traced = createTracedReadings();
    traced.resetPeak();
    assert.equal(traced.memory(), undefined);
  });

  it('has the peak of the readings, until it is reset', () => {
    const traced = createTracedReadings();
    for (const [at, bytes] of [5, 9, 4].entries()) traced.see(profileOf(bytes), at);
    assert.deepEqual(traced.memory(), { currentBytes: 4, peakBytes: 9, atSeconds: 2 });
    traced.resetPeak();
    assert.deepEqual(traced.memory(), { currentBytes: 4, peakBytes: 4, atSeconds: 2 });
    traced.see(profileOf(6), 3);
    assert.deepEqual(traced.memory(), { currentBytes: 6, peakBytes: 6, atSeconds: 3 });
  });
});
