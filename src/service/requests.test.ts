import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import type { SlowEndpoint } from '../monitor/monitor.ts';
import { type RequestWatch, watchRequests } from './requests.ts';

describe('watching requests', () => {
  const cleanups: (() => void)[] = [];
  afterEach(() => {
    for (const cleanup of cleanups.splice(0)) cleanup();
  });

  async function serve(handler: RequestListener): Promise<string> {
    const server = createServer(handler).listen(0, '127.0.0.1');
    cleanups.push(() => {
      server.closeAllConnections();
      server.close();
    });
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function watch(thresholdSeconds: number): { watch: RequestWatch; slow: SlowEndpoint[] } {
    const slow: SlowEndpoint[] = [];
    const started = watchRequests({
      thresholdSeconds: () => thresholdSeconds,
      wallSeconds: () => 42,
      onSlow: (endpoint) => slow.push(endpoint),
    });
    cleanups.push(started.stop);
    return { watch: started, slow };
  }

  it('tells method, path without query, status and duration of a slow one', async () => {
    const { watch: requests, slow } = watch(0.05);
    const url = await serve((_request, response) => {
      setTimeout(() => response.writeHead(201).end('made'), 80);
    });
    await (await fetch(`${url}/orders/7?token=secret`, { method: 'POST', body: 'x' })).text();
    assert.equal(requests.total(), 1);
    assert.equal(slow.length, 1);
    const [{ durationSeconds, ...rest }] = slow as [SlowEndpoint];
    assert.deepEqual(rest, { atSeconds: 42, method: 'POST', path: '/orders/7', statusCode: 201 });
    assert.ok(durationSeconds >= 0.075 && durationSeconds < 10, String(durationSeconds));
  });

  it('counts quick ones and keeps quiet about them', async () => {
    const { watch: requests, slow } = watch(5);
    const url = await serve((_request, response) => response.end());
    for (let i = 0; i < 3; i += 1) await (await fetch(url)).text();
    assert.deepEqual([requests.total(), slow], [3, []]);
  });

  it('keeps the path a router has rewritten, and cuts a long one', async () => {
    const { slow } = watch(0);
    const url = await serve((request, response) => {
      request.url = '/rewritten';
      response.end();
    });
    await (await fetch(`${url}/${'a'.repeat(2000)}`)).text();
    assert.equal(slow[0]?.path, `/${'a'.repeat(499)}`);
  });

  it('tells apart requests that a client sends ahead on one connection', async () => {
    const { watch: requests, slow } = watch(0.05);
    const url = new URL(
      await serve((request, response) => {
        setTimeout(() => response.end(), request.url === '/second' ? 0 : 80);
      }),
    );
    const socket = connect(Number(url.port), '127.0.0.1');
    const ask = (path: string, end = ''): string => `GET ${path} HTTP/1.1\r\nhost: a\r\n${end}\r\n`;
    socket.write(ask('/first') + ask('/second') + ask('/third', 'connection: close\r\n'));
    await once(socket.resume(), 'close');
    assert.equal(requests.total(), 3);
    // The second was answered at once, but waited for the first.
    const told = slow.map(({ path, durationSeconds }) => [path, durationSeconds >= 0.05]);
    assert.deepEqual(told, [
      ['/first', true],
      ['/second', true],
      ['/third', true],
    ]);
  });

  it('counts for each of several monitors in one process', async () => {
    const all = [watch(0), watch(0), watch(0)];
    const url = await serve((_request, response) => response.end());
    for (let i = 0; i < 2; i += 1) await (await fetch(url)).text();
    assert.deepEqual(
      all.map(({ watch: { total }, slow }) => [total(), slow.length]),
      all.map(() => [2, 2]),
    );
  });

  it('forgets what was never answered', async () => {
    const { watch: requests, slow } = watch(0);
    const url = await serve((request, response) => {
      if (request.url === '/broken') request.socket.destroy();
      else response.end();
    });
    await assert.rejects(fetch(`${url}/broken`));
    await (await fetch(`${url}/whole`)).text();
    assert.deepEqual([requests.total(), slow.map(({ path }) => path)], [1, ['/whole']]);
  });

  it('stops', async () => {
    const { watch: requests } = watch(0);
    requests.stop();
    const url = await serve((_request, response) => response.end());
    await (await fetch(url)).text();
    assert.equal(requests.total(), 0);
  });
});
