import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MIB } from '../units/index.ts';
import { oldSpaceFlag } from './old-space-flag.ts';

describe('the flag of the old generation', () => {
  it('is found in either spelling, and the last one holds', () => {
    assert.equal(
      oldSpaceFlag(['--max-old-space-size=64', '--max_old_space_size=128', '--inspect']),
      128 * MIB,
    );
  });

  it('is not made up', () => {
    assert.equal(oldSpaceFlag(['', '--max-old-space-size', '--max-old-space-size-percentage=10']), undefined);
  });
});
