// Memoised per-user lookup with a short maxAge: entries should go away when they expire.
import { setTimeout as sleep } from 'node:timers/promises';
import mem from 'mem';
import { drive } from './loop.mjs';

const profile = mem((id) => ({ id, tags: Array.from({ length: 30 }, (_, k) => `tag-${id}-${k}`) }), {
  maxAge: 40,
});
await drive({
  rate: 150,
  warmup: 500,
  step: 800,
  settle: () => sleep(300),
  async iter(i) {
    profile(`user-${i}`);
    profile(`user-${i}`);
    if (i % 20 === 0) await sleep(2);
  },
});
