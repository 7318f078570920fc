// Callbacks handed to an API behind a message port: each gets a channel of its own, which nobody closes.
import { setImmediate } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import * as Comlink from 'comlink';
import { drive } from './loop.mjs';

const { port1, port2 } = new MessageChannel();
Comlink.expose(
  {
    async progress(report) {
      await report(100);
    },
  },
  port1,
);
const api = Comlink.wrap(port2);

await drive({
  rate: 60,
  warmup: 200,
  step: 200,
  async iter(i) {
    const job = { id: i, log: [] };
    await api.progress(
      Comlink.proxy((percent) => {
        job.log.push(`job ${i}: ${percent} %`);
      }),
    );
    await setImmediate();
  },
});
