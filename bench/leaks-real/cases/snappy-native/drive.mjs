// Sync compress/uncompress of messages with the native addon.
import crypto from 'node:crypto';
import snappy from 'snappy';
import { drive } from './loop.mjs';

const base = crypto.randomBytes(8 * 1024);
await drive({
  rate: 250,
  warmup: 2000,
  step: 1500,
  async iter(i) {
    const msg = Buffer.from(base);
    msg.writeUInt32LE(i >>> 0, 0);
    const out = snappy.uncompressSync(snappy.compressSync(msg));
    if (out.length !== msg.length) throw 1;
  },
});
