import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Format, negotiate } from './negotiation.ts';

const CASES: readonly (readonly [string | undefined, Format, string])[] = [
  [undefined, 'text', 'no header'],
  ['', 'text', 'an empty header'],
  ['*/*', 'text', 'curl'],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text', 'a browser'],
  [
    'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
    'openmetrics',
    'Prometheus 2',
  ],
  [
    'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.5,text/plain;version=0.0.4;q=0.4,*/*;q=0.2',
    'openmetrics',
    'Prometheus 3',
  ],
  ['text/plain;version=0.0.4', 'text', 'the classic text by name'],
  ['application/openmetrics-text', 'openmetrics', 'OpenMetrics without a version'],
  ['application/openmetrics-text; version=0.0.1', 'text', 'only an OpenMetrics that is not offered'],
  ['Application/OpenMetrics-Text; Version="1.0.0"', 'openmetrics', 'other cases and a quoted version'],
  ['application/openmetrics-text;q=0.3,text/plain;q=0.7', 'text', 'the classic text preferred'],
  ['application/openmetrics-text;q=0.5,text/plain;q=0.5', 'openmetrics', 'both alike'],
  ['application/openmetrics-text;q=0', 'text', 'OpenMetrics refused'],
  ['application/openmetrics-text;q=high', 'text', 'a quality that is no number'],
  ['application/json', 'text', 'nothing that is offered'],
];

describe('negotiate', () => {
  for (const [accept, format, title] of CASES) {
    it(`answers ${title} with ${format}`, () => assert.equal(negotiate(accept), format));
  }

  it('has an answer for any header', () => {
    fc.assert(fc.property(fc.string(), (accept) => ['text', 'openmetrics'].includes(negotiate(accept))));
  });

  it('gives OpenMetrics to nobody who does not name it', () => {
    fc.assert(
      fc.property(fc.string(), (accept) => {
        fc.pre(!/openmetrics/i.test(accept));
        return negotiate(accept) === 'text';
      }),
    );
  });
});
