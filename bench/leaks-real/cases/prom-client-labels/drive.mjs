// A summary with a label for each session, each to be forgotten when it has aged; a scrape every few seconds.
import client from 'prom-client';
import { drive } from './loop.mjs';

const latency = new client.Summary({
  name: 'session_latency_seconds',
  help: 'Latency by session',
  labelNames: ['session'],
  maxAgeSeconds: 2,
  ageBuckets: 2,
  pruneAgedBuckets: true,
});

await drive({
  rate: 200,
  warmup: 400,
  step: 300,
  checkpoints: 5,
  settle: async () => {
    await new Promise((resolve) => setTimeout(resolve, 4500));
    await client.register.metrics();
  },
  async iter(i) {
    latency.observe({ session: `session-${i}` }, (i % 100) / 1000);
    if (i % 1000 === 999) await client.register.metrics();
  },
});
