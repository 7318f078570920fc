// Jobs through a queue, each with the service's own signal, so that a shutdown ends them.
import PQueue from 'p-queue';
import { drive } from './loop.mjs';

const shutdown = new AbortController();
const queue = new PQueue({ concurrency: 8 });

await drive({
  rate: 300,
  warmup: 500,
  step: 400,
  async iter(i) {
    const job = { id: i, fields: Array.from({ length: 20 }, (_, k) => `field-${i}-${k}`) };
    await queue.add(async () => job.fields.join(), { signal: shutdown.signal });
  },
});
