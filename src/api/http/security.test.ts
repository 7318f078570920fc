import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type AccessRules, carriesToken, refuseAccess } from './security.ts';

const OPEN: AccessRules = { loopbackOnly: true, isStaticFile: (path) => path === '/' };
const LOCKED: AccessRules = { ...OPEN, token: 'correct-horse' };

function ask(url: string, headers: Record<string, string> = {}, method = 'GET'): Request {
  return new Request(url, { method, headers });
}

const refusal = (request: Request, rules: AccessRules) => refuseAccess(request, rules)?.refusal;

describe('without a token', () => {
  it('answers to the names of this machine', () => {
    for (const host of ['localhost:9487', '127.0.0.1', '127.8.9.1:80', '[::1]:9487'])
      assert.equal(refusal(ask(`http://${host}/metrics`, { host }), OPEN), undefined, host);
  });

  it('refuses any other name, in the header or in the request line', () => {
    const rebound = ask('http://evil.example/metrics', { host: 'evil.example' });
    const absolute = ask('http://evil.example/metrics', { host: 'localhost' });
    const header = ask('http://localhost/metrics', { host: 'localhost.evil.example' });
    for (const request of [rebound, absolute, header])
      assert.equal(refusal(request, OPEN), 'HOST_NOT_ALLOWED');
  });

  it('asks nobody when another server does the asking', () => {
    const mounted = { ...OPEN, loopbackOnly: false };
    assert.equal(refusal(ask('http://shop.example/metrics'), mounted), undefined);
  });
});

describe('with a token', () => {
  const url = 'http://mon.example/api/monitoring/status';

  it('lets in whoever carries it', () => {
    assert.equal(refusal(ask(url, { authorization: 'Bearer correct-horse' }), LOCKED), undefined);
    assert.equal(refusal(ask(url, { authorization: 'bearer  correct-horse' }), LOCKED), undefined);
  });

  it('refuses everyone else, and says what is missing', () => {
    for (const authorization of [
      '',
      'Bearer',
      'Bearer wrong',
      'Bearer correct-horse2',
      'Basic correct-horse',
      'correct-horse',
    ]) {
      const refused = refuseAccess(ask(url, { authorization }), LOCKED);
      assert.equal(refused?.refusal, 'UNAUTHORIZED', authorization);
      assert.match(refused?.headers?.['www-authenticate'] ?? '', /^Bearer/);
    }
  });

  it('leaves the probes and the page open, and nothing that looks like them', () => {
    for (const path of ['/healthz', '/readyz', '/', '/healthz?x=1'])
      assert.equal(refusal(ask(`http://mon.example${path}`), LOCKED), undefined, path);
    for (const path of ['/healthz/', '/metrics', '/api/openapi.json', '/%2e/x', '/healthzz'])
      assert.equal(refusal(ask(`http://mon.example${path}`), LOCKED), 'UNAUTHORIZED', path);
  });

  it('takes exactly the token', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[\x21-\x7e]{1,30}$/),
        fc.stringMatching(/^[\x21-\x7e]{1,30}$/),
        (token, given) => {
          const request = ask(url, { authorization: `Bearer ${given}` });
          assert.equal(carriesToken(request, token), token === given);
        },
      ),
    );
  });
});

describe('a request that changes something', () => {
  const url = 'http://localhost:9487/api/monitoring/thresholds';
  const put = (headers: Record<string, string>) =>
    refusal(ask(url, { host: 'localhost:9487', ...headers }, 'PUT'), OPEN);

  it('may come from the own page and from outside a browser', () => {
    assert.equal(put({}), undefined);
    assert.equal(put({ origin: 'http://localhost:9487' }), undefined);
    assert.equal(put({ 'sec-fetch-site': 'same-origin' }), undefined);
  });

  it('may not come from another page', () => {
    for (const origin of [
      'http://evil.example',
      'null',
      'http://localhost:3000',
      'http://127.0.0.1:9487',
      'garbage',
    ])
      assert.equal(put({ origin }), 'ORIGIN_NOT_ALLOWED', origin);
    assert.equal(put({ 'sec-fetch-site': 'cross-site' }), 'ORIGIN_NOT_ALLOWED');
  });

  it('is the only kind that is held to it', () => {
    assert.equal(refusal(ask(url, { origin: 'http://evil.example' }), OPEN), undefined);
  });
});
