// The listener against clients as they come: slow, large, many, silent, and ones that stay when it stops.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createFakeMonitor, type FakeMonitor, fakeLatest } from '../../test/api/fake-monitor.ts';
import { createApi } from './api.ts';
import { type Listener, type ListenerLimits, startListener } from './listener.ts';
import { problem } from './schemas/index.ts';

const started: Listener[] = [];

afterEach(async () => {
  for (const listener of started.splice(0)) await listener.stop();
});

async function start(
  limits: Partial<ListenerLimits> = {},
  monitor: FakeMonitor = createFakeMonitor(),
): Promise<Listener> {
  const api = createApi(monitor, { webRoot: '/nonexistent' });
  const listener = await startListener({ api, host: '127.0.0.1', port: 0, limits });
  started.push(listener);
  return listener;
}

async function dial({ port }: Listener): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** Sends bytes and reads to the end of the connection. */
async function exchange(listener: Listener, bytes: string): Promise<string> {
  const socket = await dial(listener);
  socket.write(bytes);
  return text(socket);
}

const codeIn = (answer: string): string =>
  problem.parse(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).code;

const request = (path: string, ...headers: string[]) =>
  [`GET ${path} HTTP/1.1`, 'Host: localhost', ...headers, '', ''].join('\r\n');

/** Waits for what another connection's end brings about. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

describe('starting', () => {
  it('takes a free port and says where it is', async () => {
    const { url, port } = await start();
    assert.equal(url, `http://127.0.0.1:${port}`);
    const response = await fetch(`${url}/healthz`);
    assert.equal(response.status, 200);
  });

  it('says what to do when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const api = createApi(createFakeMonitor());
    await assert.rejects(startListener({ api, host: '127.0.0.1', port }), {
      code: 'PORT_IN_USE',
      message: `cannot listen on 127.0.0.1:${port}: another program listens on this port`,
      remedy: 'stop it, or choose another port with MONITORING_PORT (0 picks a free one)',
    });
    other.close();
  });

  it('refuses to be reached from elsewhere without a token', async () => {
    const api = createApi(createFakeMonitor());
    for (const host of ['0.0.0.0', '::', '192.0.2.1', 'monitor.example'])
      await assert.rejects(startListener({ api, host, port: 0 }), { code: 'TOKEN_REQUIRED' }, host);
  });

  it('is reached from elsewhere with one', async () => {
    const api = createApi(createFakeMonitor(), { token: 'right', webRoot: '/nonexistent' });
    const listener = await startListener({ api, host: '0.0.0.0', port: 0 });
    started.push(listener);
    assert.equal(listener.url, `http://localhost:${listener.port}`);
    const named = ['Host: mon.example', 'Connection: close', '', ''].join('\r\n');
    assert.match(await exchange(listener, `GET /readyz HTTP/1.1\r\n${named}`), /^HTTP\/1\.1 200/);
    assert.match(await exchange(listener, `GET /metrics HTTP/1.1\r\n${named}`), /^HTTP\/1\.1 401/);
  });

  it('says that an address is not of this machine', async () => {
    const api = createApi(createFakeMonitor(), { token: 'right' });
    const starting = startListener({ api, host: '192.0.2.1', port: 0 });
    await assert.rejects(starting, { code: 'ADDRESS_UNAVAILABLE' });
  });
});

describe('a client that is no browser', () => {
  it('gets a problem for what is no request', async () => {
    const listener = await start();
    const answer = await exchange(listener, 'what is this\r\n\r\n');
    assert.match(answer, /^HTTP\/1\.1 400 [\s\S]*application\/problem\+json/);
    assert.equal(codeIn(answer), 'INVALID_REQUEST');
  });

  it('gets a problem without a Host header, and with one that is no host', async () => {
    const listener = await start();
    for (const host of ['', 'Host: a b\r\n', 'Host: evil@localhost\r\n', 'Host: \r\n']) {
      const answer = await exchange(listener, `GET /healthz HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 40[03] /, host);
      assert.ok(['INVALID_REQUEST', 'HOST_NOT_ALLOWED'].includes(codeIn(answer)), host);
    }
  });

  it('is refused under another name', async () => {
    const listener = await start();
    const bytes = 'GET /metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n';
    assert.equal(codeIn(await exchange(listener, bytes)), 'HOST_NOT_ALLOWED');
    const absolute =
      'GET http://evil.example/metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
    assert.equal(codeIn(await exchange(listener, absolute)), 'HOST_NOT_ALLOWED');
  });

  it('may not send more headers than fit', async () => {
    const listener = await start();
    const answer = await exchange(listener, request('/healthz', `X-Large: ${'x'.repeat(20_000)}`));
    assert.match(answer, /^HTTP\/1\.1 431 /);
    assert.equal(codeIn(answer), 'HEADERS_TOO_LARGE');
  });

  it('may not send more body than fits, in one piece or in chunks', async () => {
    const listener = await start();
    const put = (framing: string, body: string) =>
      exchange(
        listener,
        `PUT /api/monitoring/settings HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${framing}\r\n\r\n${body}`,
      );
    assert.equal(codeIn(await put('Content-Length: 1000000', 'x')), 'BODY_TOO_LARGE');
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    assert.equal(codeIn(await put('Transfer-Encoding: chunked', chunk.repeat(6))), 'BODY_TOO_LARGE');
  });

  it('gets any method it makes up refused', async () => {
    const listener = await start();
    for (const method of ['TRACE', 'PROPFIND', 'OPTIONS']) {
      const answer = await exchange(
        listener,
        `${method} /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
      );
      assert.match(answer, /^HTTP\/1\.1 405 [\s\S]*\r\nallow: GET, HEAD\r\n/i, method);
    }
  });
});

describe('a slow client', () => {
  const HURRIED = { headersTimeoutMs: 100, requestTimeoutMs: 200 };

  it('that drips its headers is told so and let go', async () => {
    const listener = await start(HURRIED);
    const socket = await dial(listener);
    const dripping = setInterval(() => socket.write('X: y\r\n'), 10);
    socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n');
    const answer = await text(socket);
    clearInterval(dripping);
    assert.match(answer, /^HTTP\/1\.1 408 /);
    assert.equal(codeIn(answer), 'REQUEST_TIMEOUT');
  });

  it('that drips its body is let go', async () => {
    const listener = await start(HURRIED);
    const socket = await dial(listener);
    const dripping = setInterval(() => socket.write('x'), 10);
    socket.write('PUT /api/monitoring/settings HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n');
    await text(socket);
    clearInterval(dripping);
  });

  it('that says nothing at all is let go', async () => {
    const listener = await start(HURRIED);
    await text(await dial(listener));
  });

  it('that keeps an idle connection is let go', async () => {
    const listener = await start({ keepAliveTimeoutMs: 50 });
    const socket = await dial(listener);
    socket.write(request('/healthz'));
    assert.match(await text(socket), /^HTTP\/1\.1 200/);
  });

  it('does not keep others waiting', async () => {
    const listener = await start();
    const slow = await Promise.all(Array.from({ length: 50 }, () => dial(listener)));
    for (const socket of slow) socket.write('GET /healthz HTTP/1.1\r\nHost: loc');
    assert.equal((await fetch(`${listener.url}/healthz`)).status, 200);
    for (const socket of slow) socket.destroy();
  });

  it('is one of so many and no more', async () => {
    const listener = await start({ maxConnections: 2 });
    const kept = [await dial(listener), await dial(listener)];
    assert.equal(await text(await dial(listener)), '');
    for (const socket of kept) socket.destroy();
  });
});

describe('a reader of the event stream', () => {
  it('gets events as they come, and is forgotten when it goes', async () => {
    const monitor = createFakeMonitor();
    const { url } = await start({}, monitor);
    const leaving = new AbortController();
    const response = await fetch(`${url}/api/monitoring/events`, { signal: leaving.signal });
    assert.ok(response.body);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    assert.match((await reader.read()).value ?? '', /^retry: 3000\n\n/);
    await until(() => monitor.listeners() === 1);
    monitor.emit({ type: 'sample', latest: fakeLatest });
    assert.match((await reader.read()).value ?? '', /event: sample/);
    leaving.abort();
    await until(() => monitor.listeners() === 0);
  });

  it('that never reads is dropped while others are served', async () => {
    const monitor = createFakeMonitor();
    const listener = await start({ idleTimeoutMs: 200 }, monitor);
    const socket = await dial(listener);
    socket.pause();
    socket.write(request('/api/monitoring/events'));
    await until(() => monitor.listeners() === 1);
    const processes = Array.from({ length: 20 }, (_, pid) => ({
      ...fakeLatest.processes[0],
      pid,
      name: 'x'.repeat(500),
    }));
    const latest = { ...fakeLatest, processes } as typeof fakeLatest;
    while (monitor.listeners() > 0) {
      monitor.emit({ type: 'sample', latest });
      await sleep(0);
    }
    assert.equal((await fetch(`${listener.url}/healthz`)).status, 200);
    socket.destroy();
  });
});

describe('stopping', () => {
  it('ends event streams and idle connections at once', async () => {
    const listener = await start({ stopGraceMs: 60_000 });
    const stream = await fetch(`${listener.url}/api/monitoring/events`);
    const idle = await dial(listener);
    idle.write(request('/healthz'));
    await once(idle, 'data');
    const ended = Promise.all([stream.text(), once(idle, 'close')]);
    await listener.stop();
    await ended;
    await assert.rejects(fetch(`${listener.url}/healthz`));
  });

  it('lets an answer under way finish', async () => {
    const monitor = createFakeMonitor();
    const gate = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    monitor.script.metrics = async () => {
      asked.resolve();
      await gate.promise;
      return { contentType: 'text/plain', body: 'late 1\n' };
    };
    const listener = await start({ stopGraceMs: 60_000 }, monitor);
    const answer = fetch(`${listener.url}/metrics`, { headers: { connection: 'close' } });
    await asked.promise;
    const stopping = listener.stop();
    gate.resolve();
    assert.equal(await (await answer).text(), 'late 1\n');
    await stopping;
  });

  it('does not wait for ever', async () => {
    const monitor = createFakeMonitor();
    const asked = Promise.withResolvers<void>();
    monitor.script.metrics = () => {
      asked.resolve();
      return new Promise(() => {});
    };
    const listener = await start({ stopGraceMs: 50 }, monitor);
    const answer = assert.rejects(fetch(`${listener.url}/metrics`));
    await asked.promise;
    await listener.stop();
    await answer;
  });

  it('may be asked for twice, and at the same time', async () => {
    const listener = await start();
    await Promise.all([listener.stop(), listener.stop()]);
    await listener.stop();
  });

  it('leaves the port free', async () => {
    const listener = await start();
    await listener.stop();
    const api = createApi(createFakeMonitor());
    started.push(await startListener({ api, host: '127.0.0.1', port: listener.port }));
  });
});

describe('a listener whose handler cannot be loaded any more', () => {
  it('says so to every client and goes on', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '-e',
      `
      import { registerHooks } from 'node:module';
      import { startListener } from '${import.meta.dirname}/listener.ts';
      registerHooks({
        load(url, context, next) {
          if (url.endsWith('web-handler.ts')) throw new Error('gone');
          return next(url, context);
        },
      });
      const listener = await startListener({ api: { close() {} , requiresToken: false }, host: '127.0.0.1', port: 0 });
      const answers = [await fetch(listener.url), await fetch(listener.url)];
      console.log(answers.map(({ status }) => status).join());
      await listener.stop();
      `,
    ]);
    assert.equal(stdout, '500,500\n');
  });
});
