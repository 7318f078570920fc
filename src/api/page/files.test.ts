import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { createFakeMonitor } from '../../../test/api/fake-monitor.ts';
import { createApi } from '../api.ts';
import { listStaticFiles } from './files.ts';

const parent = mkdtempSync(join(tmpdir(), 'plimsoll-web-'));
const root = join(parent, 'web');
mkdirSync(join(root, 'assets'), { recursive: true });
writeFileSync(join(parent, 'secret.txt'), 'secret');
writeFileSync(join(root, 'index.html'), '<!doctype html><title>Dashboard</title>');
writeFileSync(join(root, 'assets', 'index-Dx3k9_aB.js'), 'export {};');
writeFileSync(join(root, 'favicon.svg'), '<svg/>');
after(() => rmSync(parent, { recursive: true }));

const api = createApi(createFakeMonitor(), { token: 'token', webRoot: root });
const ask = (path: string, init: RequestInit = {}) => api.fetch(new Request(`http://localhost${path}`, init));

describe('the dashboard’s files', () => {
  it('are none where there is no folder', () => {
    assert.equal(listStaticFiles(join(parent, 'nothing')).size, 0);
  });

  it('are open to everyone, the page at /', async () => {
    for (const path of ['/', '/index.html', '/assets/index-Dx3k9_aB.js', '/favicon.svg'])
      assert.equal((await ask(path)).status, 200, path);
    assert.match(await (await ask('/')).text(), /Dashboard/);
    assert.equal((await ask('/', { method: 'HEAD' })).status, 200);
  });

  it('have types, policies and caching of their own', async () => {
    const script = await ask('/assets/index-Dx3k9_aB.js');
    assert.equal(script.headers.get('content-type'), 'text/javascript; charset=utf-8');
    assert.equal(script.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    const page = await ask('/');
    assert.equal(page.headers.get('cache-control'), 'no-cache');
    assert.match(page.headers.get('content-security-policy') ?? '', /script-src 'self'/);
    const again = await ask('/', { headers: { 'if-none-match': page.headers.get('etag') ?? '' } });
    assert.deepEqual([again.status, await again.text()], [304, '']);
  });

  it('are compressed for whoever takes that', async () => {
    const encoding = async (accepted: string) => {
      const response = await ask('/', { headers: { 'accept-encoding': accepted } });
      assert.equal(response.headers.get('vary'), 'accept-encoding');
      return response.headers.get('content-encoding');
    };
    assert.deepEqual(
      await Promise.all(['gzip, deflate, br', 'gzip;q=0.5', 'gzip;q=0', 'br', ''].map(encoding)),
      ['gzip', 'gzip', null, null, null],
    );
    const response = await ask('/', { headers: { 'accept-encoding': 'gzip' } });
    assert.match(gunzipSync(await response.arrayBuffer()).toString(), /Dashboard/);
  });

  it('are the only files there are', async () => {
    const authorization = 'Bearer token';
    for (const path of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/../../secret.txt',
      '/assets',
      '/assets/',
      '//etc/passwd',
      '/assets/%00',
    ]) {
      assert.equal((await ask(path, { headers: { authorization } })).status, 404, path);
      assert.equal((await ask(path)).status, 401, path);
    }
  });
});
