import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { displayWidth, padEnd, padStart, truncate } from './text-width.ts';

describe('text width', () => {
  it('counts columns, not characters', () => {
    assert.equal(displayWidth('node'), 4);
    assert.equal(displayWidth('日本'), 4);
    assert.equal(displayWidth('e\u0301'), 1);
    assert.equal(displayWidth('\u001b[31mred\u001b[0m'), 3);
  });

  it('pads to the width and never cuts', () => {
    assert.equal(padEnd('日', 4), '日  ');
    assert.equal(padStart('abc', 5), '  abc');
    assert.equal(padEnd('abc', 2), 'abc');
  });

  it('cuts to the width, with an ellipsis where something is missing', () => {
    assert.equal(truncate('postgres', 8), 'postgres');
    assert.equal(truncate('postgres', 5), 'post…');
    assert.equal(truncate('日本語', 4), '日…');
    assert.equal(truncate('a', 0), '');
  });

  it('never exceeds the width it was given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, width) => {
        assert.ok(displayWidth(truncate(text, width)) <= width);
      }),
    );
  });
});
