// A logger for each request, all on one transport: every logger leaves its listeners on it.
import { Writable } from 'node:stream';
import winston from 'winston';
import { drive, fixed } from './loop.mjs';

const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
const transport = new winston.transports.Stream({ stream });

await drive({
  rate: 50,
  warmup: 200,
  step: 200,
  async iter(i) {
    const logger = winston.createLogger({ defaultMeta: { request: i }, transports: [transport] });
    logger.info(`request ${i} answered`);
    if (fixed) logger.close();
  },
});
