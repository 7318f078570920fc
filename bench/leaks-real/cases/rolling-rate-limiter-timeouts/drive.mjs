// A limit for each visitor, kept in memory, to be forgotten when its interval is over.
import limiter from 'rolling-rate-limiter';
import { drive } from './loop.mjs';

const limit = limiter({ interval: 200, maxInInterval: 5 });

await drive({
  rate: 800,
  warmup: 1000,
  step: 600,
  settle: () => new Promise((resolve) => setTimeout(resolve, 400)),
  async iter(i) {
    limit(`visitor-${i}-from-some-address-in-the-world`);
  },
});
