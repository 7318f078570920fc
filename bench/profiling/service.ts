// The service that is measured: parses an order, adds it up, answers it as JSON. `/cost` tells its own CPU and RSS.
// `/settle` makes it one that has been up for long. `service.ts http` is made of node:http alone, `service.ts fastify FOLDER` of
// the fastify in that folder.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

interface Order {
  readonly id: number;
  readonly lines: readonly { readonly name: string; readonly price: number; readonly quantity: number }[];
}

function priced(order: Order): object {
  const lines = order.lines.map((line) => ({ ...line, total: line.price * line.quantity }));
  return { ...order, lines, total: lines.reduce((sum, { total }) => sum + total, 0) };
}

function cost(): object {
  const { user, system } = process.cpuUsage();
  return { cpuSeconds: (user + system) / 1e6, rssBytes: process.memoryUsage.rss() };
}

const COLLECTIONS = 6;

/**
 * Collects while nothing is under way, as V8 does in a service that is idle now and then. It makes process.nextTick slow for good,
 * unless something holds the object of a tick (src/service/tick-object.ts), and that takes 5 % of this service's time and more. Left
 * to chance, when which process comes to that, it would be as much as what is measured here.
 */
async function settle(): Promise<object> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let left = COLLECTIONS; left > 0; left -= 1) await later(collect);
  return {};
}

function later(work: () => void): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      work();
      resolve();
    }, 20);
  });
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  if (request.url === '/settle') {
    void settle().then((settled) => response.end(JSON.stringify(settled)));
    return;
  }
  if (request.url === '/cost') {
    response.end(JSON.stringify(cost()));
    return;
  }
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => {
    body += text;
  });
  request.on('end', () => response.end(JSON.stringify(priced(JSON.parse(body) as Order))));
}

function listenBare(): Promise<number> {
  const server = createServer(answer);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
}

/** What is used of fastify, which is not among this project's packages. */
interface Fastify {
  get(path: string, handler: () => Promise<object>): void;
  post(path: string, handler: (request: { body: Order }) => Promise<object>): void;
  listen(at: { port: number; host: string }): Promise<string>;
}

async function listenFastify(folder: string): Promise<number> {
  const fastify = createRequire(join(folder, 'package.json'))('fastify') as () => Fastify;
  const app = fastify();
  app.get('/cost', async () => cost());
  app.get('/settle', settle);
  app.post('/order', async ({ body }) => priced(body));
  return Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port);
}

const [kind, folder = ''] = process.argv.slice(2);
process.send?.(await (kind === 'fastify' ? listenFastify(folder) : listenBare()));
// Whoever measures has gone.
process.on('disconnect', () => process.exit());
