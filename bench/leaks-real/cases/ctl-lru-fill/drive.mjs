// Control: LRU cache filling towards its cap (20k entries, ~1 KB each), then steady.
import { LRUCache } from 'lru-cache';
import { drive } from './loop.mjs';

const cache = new LRUCache({ max: 20000 });
await drive({
  rate: 800,
  warmup: 2000,
  step: 5000,
  checkpoints: 9,
  async iter(i) {
    const k = `product:${i}`;
    if (!cache.get(k)) cache.set(k, { id: i, attrs: Array.from({ length: 12 }, (_, n) => `attr-${n}-${i}`) });
    cache.get(`product:${Math.floor(i / 2)}`);
  },
});
