// Against real receivers on loopback, the worst ones included.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { type Answer, answer, startReceiver } from '../../../test/receiver.ts';
import { parseAddress } from './address.ts';
import { type AttemptResult, attempt } from './attempt.ts';

const NEVER = new AbortController().signal;
const NOW = Date.UTC(2025, 0, 15, 12, 0, 0) / 1000;

function postTo(url: string, { timeoutSeconds = 20, stop = NEVER } = {}): Promise<AttemptResult> {
  const address = parseAddress(url);
  assert.ok(address);
  return attempt(address, '{"a":1}', { timeoutSeconds, nowSeconds: () => NOW, stop });
}

async function receiver(t: TestContext, ...answers: Answer[]) {
  const started = await startReceiver(...answers);
  t.after(() => started.close());
  return started;
}

/** A server below HTTP: it does what it likes with the connection. */
async function rawServer(t: TestContext, onRequest: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => onRequest(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

/** Writes for as long as the other side takes it, and tells how much that was. */
function streamForever(response: Parameters<Answer>[0]): { written: number; closed: Promise<unknown> } {
  const chunk = Buffer.alloc(65_536, 'x');
  const stream = { written: 0, closed: once(response, 'close') };
  const more = () => {
    while (!response.destroyed && response.write(chunk)) stream.written += chunk.length;
  };
  response.on('drain', more);
  more();
  return stream;
}

describe('attempt', () => {
  it('posts JSON', async (t) => {
    const { origin, received } = await receiver(t, answer(204));
    assert.deepEqual(await postTo(`${origin}/hook?x=1`), { kind: 'delivered', detail: 'HTTP 204' });
    const [request] = received;
    assert.deepEqual(
      [request?.method, request?.path, request?.headers['content-type'], request?.body],
      ['POST', '/hook?x=1', 'application/json', '{"a":1}'],
    );
  });

  it('sends the credentials of the address', async (t) => {
    const { origin, received } = await receiver(t);
    await postTo(origin.replace('//', '//user:secret@'));
    const expected = `Basic ${Buffer.from('user:secret').toString('base64')}`;
    assert.equal(received[0]?.headers.authorization, expected);
  });

  for (const status of [500, 503, 408, 425, 429]) {
    it(`may be repeated after HTTP ${status}`, async (t) => {
      const { origin } = await receiver(t, answer(status, 'try later\n\r\nplease'));
      assert.deepEqual(await postTo(origin), { kind: 'failed', detail: `HTTP ${status}: try later please` });
    });
  }

  for (const status of [400, 401, 404, 410]) {
    it(`is refused by HTTP ${status}`, async (t) => {
      const { origin } = await receiver(t, answer(status));
      assert.deepEqual(await postTo(origin), { kind: 'refused', detail: `HTTP ${status}` });
    });
  }

  it('hears Retry-After', async (t) => {
    const { origin } = await receiver(t, answer(429, '', { 'retry-after': '7' }));
    assert.deepEqual(await postTo(origin), { kind: 'failed', detail: 'HTTP 429', retryAfterSeconds: 7 });
  });

  it('tells what the receiver said, without the secrets of the address', async (t) => {
    const { origin } = await receiver(t, answer(403, 'no hook TOKEN-123456 here'));
    const { detail } = await postTo(`${origin}/hooks/TOKEN-123456`);
    assert.equal(detail, 'HTTP 403: no hook *** here');
  });

  it('follows no redirect', async (t) => {
    const elsewhere = await receiver(t);
    const { origin } = await receiver(t, answer(307, '', { location: `${elsewhere.origin}/secret-path` }));
    const result = await postTo(origin);
    const host = elsewhere.origin.replace('http://', '');
    assert.deepEqual(result, {
      kind: 'refused',
      detail: `HTTP 307: redirects to ${host} are not followed; set the final address`,
    });
    assert.equal(elsewhere.received.length, 0);
  });

  it('fails when nobody listens', async (t) => {
    const gone = await receiver(t);
    await gone.close();
    assert.deepEqual(await postTo(`${gone.origin}/TOKEN`), {
      kind: 'failed',
      detail: 'could not be reached (ECONNREFUSED)',
    });
  });

  it('fails when nobody answers', async (t) => {
    const url = await rawServer(t, () => {});
    assert.deepEqual(await postTo(url, { timeoutSeconds: 0.1 }), {
      kind: 'failed',
      detail: 'no answer within 0.1 s',
    });
  });

  it('fails when the connection closes before the answer or within its head', async (t) => {
    for (const said of ['', 'HTTP/1.1 20']) {
      const url = await rawServer(t, (socket) => socket.end(said));
      assert.equal((await postTo(url)).kind, 'failed');
    }
  });

  it('fails when the answer is no HTTP', async (t) => {
    const url = await rawServer(t, (socket) => socket.end('220 mail.example.com ESMTP\r\n'));
    assert.equal((await postTo(url)).kind, 'failed');
  });

  it('goes by the status when the body breaks off', async (t) => {
    const broken = (status: string) => (socket: Socket) =>
      socket.write(`HTTP/1.1 ${status}\r\ncontent-length: 1000\r\n\r\nhalf`, () =>
        setImmediate(() => socket.destroy()),
      );
    const delivered = await postTo(await rawServer(t, broken('200 OK')));
    assert.equal(delivered.kind, 'delivered');
    const failed = await postTo(await rawServer(t, broken('500 Oops')));
    assert.match(failed.detail, /^HTTP 500/);
  });

  it('reads of a body without end only the beginning', async (t) => {
    for (const status of [200, 500]) {
      const streams: ReturnType<typeof streamForever>[] = [];
      const { origin } = await receiver(t, (response) => {
        response.writeHead(status);
        streams.push(streamForever(response));
      });
      const { detail } = await postTo(origin);
      assert.ok(detail.length < 300);
      const [stream] = streams;
      assert.ok(stream);
      // The connection is closed: what was written is what its buffers held.
      await stream.closed;
      assert.ok(stream.written < 64 * 1024 ** 2, `${stream.written} bytes`);
    }
  });

  it('waits for no body that comes too slowly', async (t) => {
    const { origin } = await receiver(t, (response) => void response.writeHead(500).write('slow'));
    const { kind, detail } = await postTo(origin, { timeoutSeconds: 2 });
    assert.equal(kind, 'failed');
    assert.match(detail, /HTTP 500: slow/);
  });

  it('is given up at once when the monitor stops', async (t) => {
    const stop = new AbortController();
    const url = await rawServer(t, () => stop.abort());
    assert.deepEqual(await postTo(url, { stop: stop.signal }), {
      kind: 'refused',
      detail: 'the monitor stopped',
    });
  });
});
