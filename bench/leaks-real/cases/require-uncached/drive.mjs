// Dev server re-reading its config module on each change.
import { createRequire } from 'node:module';
import { drive } from './loop.mjs';

const { reload } = createRequire(import.meta.url)('./app.cjs');
await drive({
  rate: 100,
  warmup: 200,
  step: 300,
  async iter() {
    const c = reload();
    if (c.routes.length !== 200) throw new Error('bad');
  },
});
