// Sessions that end by themselves after eight seconds, at a steady rate of new ones.
import NodeCache from 'node-cache';
import { drive } from './loop.mjs';

const sessions = new NodeCache({ stdTTL: 8, checkperiod: 2, useClones: false });

await drive({
  rate: 200,
  warmup: 2000,
  step: 1000,
  checkpoints: 4,
  settle: () => new Promise((resolve) => setTimeout(resolve, 10_500)),
  async iter(i) {
    sessions.set(`session-${i}`, {
      user: i,
      basket: Array.from({ length: 15 }, (_, k) => `thing-${i}-${k}`),
    });
    sessions.get(`session-${Math.max(0, i - 200)}`);
  },
});
