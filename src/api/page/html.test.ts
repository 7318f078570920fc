import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { html } from './html.ts';

describe('html', () => {
  it('escapes what it is given, and not what is HTML already', () => {
    const inner = html`<b>${'<&>"\''}</b>`;
    assert.equal(
      html`<p title="${'"'}">${inner}${[inner]}${5}</p>`.text.length,
      inner.text.length * 2 + '<p title="&quot;">5</p>'.length,
    );
    assert.equal(inner.text, '<b>&lt;&amp;&gt;&quot;&#39;</b>');
  });

  it('lets nothing open a tag or leave an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        assert.doesNotMatch(html`${text}`.text, /[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      }),
    );
  });
});
