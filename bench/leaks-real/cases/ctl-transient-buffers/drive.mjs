// Control: big short-lived buffers (8-24 MB) every few iterations; nothing kept.
import pako from 'pako';
import { drive } from './loop.mjs';

await drive({
  rate: 8,
  warmup: 5,
  step: 12,
  checkpoints: 8,
  async iter(i) {
    const b = Buffer.alloc((8 + (i % 3) * 8) << 20, i & 255);
    const z = pako.deflate(b.subarray(0, 1 << 20), { level: 1 });
    if (pako.inflate(z).length !== 1 << 20) throw 1;
  },
});
