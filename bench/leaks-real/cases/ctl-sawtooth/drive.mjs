// Events are gathered and written away every nine seconds: memory climbs in between and falls back.
import { drive } from './loop.mjs';

let batch = [];
let flushedMs = Date.now();

await drive({
  rate: 400,
  warmup: 4000,
  step: 3600,
  settle: () => {
    batch = [];
  },
  async iter(i) {
    batch.push({ id: i, at: Date.now(), fields: Array.from({ length: 12 }, (_, k) => `value-${i}-${k}`) });
    if (Date.now() - flushedMs < 9000) return;
    JSON.stringify(batch);
    batch = [];
    flushedMs = Date.now();
  },
});
