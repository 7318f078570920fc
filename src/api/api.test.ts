import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Hono } from 'hono';
import { createFakeMonitor, type FakeMonitor } from '../../test/api/fake-monitor.ts';
import { type Api, createApi } from './api.ts';
import { EVENT_HUB_LIMITS } from './events/hub.ts';
import { problem } from './schemas/index.ts';

let monitor: FakeMonitor;
let api: Api;
const failures: unknown[] = [];

beforeEach(() => {
  monitor = createFakeMonitor();
  failures.length = 0;
  api = createApi(monitor, { webRoot: '/nonexistent', onFailure: (error) => failures.push(error) });
});

const ask = (path: string, init: RequestInit = {}) => api.fetch(new Request(`http://localhost${path}`, init));
const codeOf = async (response: Response) => problem.parse(await response.json()).code;

describe('the handler', () => {
  it('says that there is nothing at an unknown path', async () => {
    for (const path of [
      '/nothing',
      '/api',
      '/api/monitoring/',
      '/api/monitoring/status/',
      '/API/monitoring/status',
    ])
      assert.equal(await codeOf(await ask(path)), 'NOT_FOUND', path);
  });

  it('lists the methods of a path', async () => {
    const allow = async (path: string) => (await ask(path, { method: 'PATCH' })).headers.get('allow');
    assert.equal(await allow('/api/monitoring/settings'), 'GET, HEAD, PUT');
    assert.equal(await allow('/api/monitoring/health-check'), 'POST');
    assert.equal(await allow('/'), 'GET, HEAD');
  });

  it('guards every answer, refusals included', async () => {
    for (const [path, status] of [
      ['/healthz', 200],
      ['/nothing', 404],
      ['/', 200],
    ] as const) {
      const { headers, status: answered } = await ask(path);
      assert.equal(answered, status);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('x-frame-options'), 'DENY');
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.match(
        headers.get('content-security-policy') ?? '',
        /default-src 'none'.*frame-ancestors 'none'/,
      );
    }
    const foreign = await api.fetch(new Request('http://evil.example/healthz'));
    assert.equal(foreign.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(await codeOf(foreign), 'HOST_NOT_ALLOWED');
  });

  it('keeps the reason of a failure to itself and tells its owner', async () => {
    const error = new Error('the password is hunter2');
    monitor.script.metrics = () => Promise.reject(error);
    const response = await ask('/metrics');
    const text = await response.text();
    assert.equal(response.status, 500);
    assert.equal(problem.parse(JSON.parse(text)).code, 'INTERNAL_ERROR');
    assert.doesNotMatch(text, /hunter2|\.ts/);
    assert.deepEqual(failures, [error]);
  });

  it('refuses a body that announces too much, wherever it goes', async () => {
    const init = { method: 'POST', headers: { 'content-length': '70000' } };
    assert.equal(await codeOf(await ask('/api/monitoring/health-check', init)), 'BODY_TOO_LARGE');
  });

  it('works inside another server, under a prefix', async () => {
    const mounted = createApi(monitor, { loopbackOnly: false });
    const app = new Hono().mount('/plimsoll', (request) => mounted.fetch(request));
    const response = await app.request('http://shop.example/plimsoll/healthz');
    assert.equal(response.status, 200);
  });
});

describe('with a token', () => {
  beforeEach(() => {
    api = createApi(monitor, { webRoot: '/nonexistent', token: 'right' });
  });
  const withToken = { headers: { authorization: 'Bearer right' } };

  it('serves the page to everyone and its data to those who carry the token', async () => {
    const [page, data] = [await ask('/'), await ask('/', withToken)];
    assert.deepEqual([page.status, data.status], [200, 200]);
    assert.doesNotMatch(await page.text(), /GiB/);
    assert.match(await data.text(), /GiB/);
  });

  it('tells nothing of which paths there are', async () => {
    for (const path of ['/metrics', '/nothing', '/api/monitoring/events'])
      assert.equal(await codeOf(await ask(path)), 'UNAUTHORIZED', path);
    assert.equal(await codeOf(await ask('/nothing', withToken)), 'NOT_FOUND');
    assert.equal((await ask('/metrics', withToken)).status, 200);
  });
});

describe('the event stream’s route', () => {
  it('streams, and refuses one reader too many', async () => {
    api = createApi(monitor, {
      webRoot: '/nonexistent',
      eventLimits: { ...EVENT_HUB_LIMITS, maxReaders: 1 },
    });
    const stream = await ask('/api/monitoring/events');
    assert.equal(stream.headers.get('content-type'), 'text/event-stream');
    const refused = await ask('/api/monitoring/events');
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '30']);
    assert.equal(await codeOf(refused), 'TOO_MANY_SUBSCRIBERS');
    await stream.body?.cancel();
    assert.equal(monitor.listeners(), 0);
  });

  it('does not count a HEAD as a reader', async () => {
    const head = await ask('/api/monitoring/events', { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('content-type')], [200, 'text/event-stream']);
    assert.equal(monitor.listeners(), 0);
  });
});
