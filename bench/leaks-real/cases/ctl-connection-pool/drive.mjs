// A pool of connections with a buffer each, which grows with demand to its most and shrinks again.
import { setTimeout as sleep } from 'node:timers/promises';
import { createPool } from 'generic-pool';
import { drive } from './loop.mjs';

const pool = createPool(
  {
    create: async () => ({ buffer: Buffer.alloc(64 * 1024), prepared: new Map() }),
    destroy: async (connection) => connection.prepared.clear(),
  },
  { max: 60, min: 4, idleTimeoutMillis: 3000, evictionRunIntervalMillis: 1000 },
);

const query = async (i) => {
  const connection = await pool.acquire();
  connection.prepared.set(`select ${i % 20}`, { text: `select ${i % 20} from orders`, plan: [i] });
  await sleep(5 + (i % 30));
  await pool.release(connection);
};
const running = new Set();

await drive({
  rate: 150,
  warmup: 1500,
  step: 800,
  settle: () => Promise.all(running),
  async iter(i) {
    const work = query(i).finally(() => running.delete(work));
    running.add(work);
    if (running.size > 200) await Promise.race(running);
  },
});
