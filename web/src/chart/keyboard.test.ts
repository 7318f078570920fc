import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keyToSpan } from './keyboard.ts';

const SPAN = { fromSeconds: 100, toSeconds: 200 };

describe('keys on a chart', () => {
  it('move by a quarter and keep the length', () => {
    assert.deepEqual(keyToSpan('ArrowLeft', SPAN), { fromSeconds: 75, toSeconds: 175 });
    assert.deepEqual(keyToSpan('ArrowRight', SPAN), { fromSeconds: 125, toSeconds: 225 });
  });

  it('halve and double around the middle', () => {
    assert.deepEqual(keyToSpan('+', SPAN), { fromSeconds: 125, toSeconds: 175 });
    assert.deepEqual(keyToSpan('-', SPAN), { fromSeconds: 50, toSeconds: 250 });
  });

  it('leave other keys alone', () => {
    assert.equal(keyToSpan('Tab', SPAN), undefined);
  });
});
