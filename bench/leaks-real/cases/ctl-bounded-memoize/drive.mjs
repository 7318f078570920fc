// Memoised look-ups with a bound: full after a quarter of a minute, then the oldest goes.
import memoize from 'memoizee';
import { drive } from './loop.mjs';

const profile = memoize((id) => ({ id, tags: Array.from({ length: 30 }, (_, k) => `tag-${id}-${k}`) }), {
  max: 3000,
  primitive: true,
});

await drive({
  rate: 250,
  warmup: 5000,
  step: 2000,
  async iter(i) {
    profile(`user-${i}`);
    profile(`user-${Math.floor(i * 0.9)}`);
  },
});
