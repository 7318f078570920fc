// A service that makes one debug logger per request id (as nsqjs, loopback, apigee plugins did).
import createDebug from 'debug';
import { drive } from './loop.mjs';

async function handle(i) {
  const log = createDebug(`svc:request:${i}`);
  for (let k = 0; k < 3; k++) log('step %d of %s', k, `job-${i}`);
  return JSON.stringify({ i, ok: true });
}
await drive({ rate: 600, warmup: 4000, step: 4000, iter: handle });
