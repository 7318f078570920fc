// A cache by weak references, whose registry removes the keys of what was collected.
import { drive } from './loop.mjs';

const cache = new Map();
const registry = new FinalizationRegistry((key) => {
  if (cache.get(key)?.deref() === undefined) cache.delete(key);
});

function image(key) {
  const known = cache.get(key)?.deref();
  if (known !== undefined) return known;
  const made = { key, pixels: Array.from({ length: 60 }, (_, k) => `${key}-${k}`) };
  cache.set(key, new WeakRef(made));
  registry.register(made, key);
  return made;
}

await drive({
  rate: 300,
  warmup: 3000,
  step: 2000,
  async iter(i) {
    image(`image-${i}`);
    image(`image-${Math.max(0, i - 5)}`);
  },
});
