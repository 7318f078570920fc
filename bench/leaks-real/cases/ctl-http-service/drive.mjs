// A web service under a steady load of its own, with a context for each request: nothing is kept.
import { AsyncLocalStorage } from 'node:async_hooks';
import { Agent, get } from 'node:http';
import Fastify from 'fastify';
import { drive } from './loop.mjs';

const context = new AsyncLocalStorage();
const app = Fastify();
app.addHook('onRequest', (request, _reply, done) => context.run({ id: request.id, notes: [] }, done));
app.get('/orders/:id', async (request) => {
  context.getStore()?.notes.push(`asked for ${request.params.id}`);
  return { id: request.params.id, items: Array.from({ length: 20 }, (_, k) => ({ name: `item ${k}` })) };
});
await app.listen({ port: 0, host: '127.0.0.1' });
const { port } = app.server.address();
const agent = new Agent({ keepAlive: true, maxSockets: 8 });

const ask = (path) =>
  new Promise((resolve, reject) => {
    get({ port, path, agent, host: '127.0.0.1' }, (response) => response.resume().on('end', resolve)).on(
      'error',
      reject,
    );
  });

await drive({ rate: 100, warmup: 2000, step: 800, iter: (i) => ask(`/orders/${i}`) });
