import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GIB } from '../../units/index.ts';
import { gigabytes, oneDecimal } from './figures.ts';

describe('figures in messages', () => {
  it('have one decimal, and an exact tie goes to the even neighbour, as Python has it', () => {
    assert.deepEqual([90, 91.2, 0.25, 0.75, 0.35, 62.96].map(oneDecimal), [
      '90.0',
      '91.2',
      '0.2',
      '0.8',
      '0.3',
      '63.0',
    ]);
  });

  it('have gigabytes of 1024³ bytes', () => {
    assert.deepEqual([21.3 * GIB, GIB, 0].map(gigabytes), ['21.3', '1.0', '0.0']);
  });
});
