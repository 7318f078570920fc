import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Address, parseAddress, redact } from './address.ts';

function address(text: string): Address {
  const parsed = parseAddress(text);
  assert.ok(parsed);
  return parsed;
}

describe('parseAddress', () => {
  it('shows the host alone', () => {
    assert.equal(
      address('https://hooks.example.com:8443/services/T0/B0/abcdef').host,
      'hooks.example.com:8443',
    );
  });

  it('turns credentials into a header: fetch refuses them in an address', () => {
    const { url, authorization } = address('https://us%40er:p%3Ass@example.com/hook');
    assert.equal(url, 'https://example.com/hook');
    assert.equal(authorization, `Basic ${Buffer.from('us@er:p:ss').toString('base64')}`);
    assert.equal(address('https://example.com/hook').authorization, undefined);
  });

  it('knows what is no http address', () => {
    for (const text of ['http://[broken', 'ftp://example.com', 'nothing', 'http://'])
      assert.equal(parseAddress(text), undefined, text);
  });
});

describe('redact', () => {
  it('takes out whatever part of the address a text repeats', () => {
    const secret = address('https://user:password1@example.com/api/TOKEN-abc%2Fdef?key=query-secret');
    const said = [
      'no hook at /api/TOKEN-abc%2Fdef?key=query-secret',
      'token TOKEN-abc/def is wrong',
      'key query-secret unknown for password1',
    ];
    for (const text of said)
      assert.doesNotMatch(redact(text, secret), /TOKEN-abc|query-secret|password1/, text);
  });

  it('leaves other words alone', () => {
    assert.equal(
      redact('the api says: no text', address('https://example.com/api/v1')),
      'the api says: no text',
    );
  });
});
