// A log that is rotated by size, a few files kept, beside a ring of the newest lines for a diagnostics page.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStream } from 'rotating-file-stream';
import { drive } from './loop.mjs';

const path = mkdtempSync(join(tmpdir(), 'ctl-log-rotation-'));
const log = createStream('service.log', { path, size: '1M', maxFiles: 3 });
const newest = [];

await drive({
  rate: 500,
  warmup: 6000,
  step: 4000,
  settle: () => new Promise((resolve) => setTimeout(resolve, 300)),
  async iter(i) {
    const line = JSON.stringify({
      at: Date.now(),
      request: i,
      path: `/orders/${i}`,
      agent: 'a browser '.repeat(8),
    });
    newest.push(line);
    if (newest.length > 2000) newest.shift();
    if (!log.write(`${line}\n`)) await new Promise((resolve) => log.once('drain', resolve));
  },
});
