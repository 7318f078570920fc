// Mails are rendered in a worker thread, whose heap is not the main thread's: only the process's RSS shows what leaks there.
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { drive } from './loop.mjs';

const pool = new Piscina({
  filename: fileURLToPath(new URL('./render.mjs', import.meta.url)),
  maxThreads: 1,
  minThreads: 1,
});

await drive({
  rate: 250,
  warmup: 1000,
  step: 1000,
  async iter(i) {
    const mail = await pool.run(i);
    if (!mail.includes('tea')) throw new Error(mail);
  },
});
