// The loop that every case's workload runs in; it is copied beside each drive.mjs.
//   As a service: RATE iterations a second for DURATION_S (60) seconds; nothing is collected by force.
//   MEASURE=1 (needs --expose-gc): WARMUP iterations, then CHECKPOINTS times STEP, each as fast as the case allows, with forced
//   collections and a line of figures at each checkpoint.
// `fixed` tells a driver that its leaky use has a correct one to show it with.
import { setTimeout as sleep } from 'node:timers/promises';

const setting = (name, otherwise) =>
  process.env[name] === undefined ? otherwise : Number(process.env[name]);

export const fixed = process.env.FIXED === '1';

export async function drive({ iter, settle, rate = 50, warmup = 200, step = 200, checkpoints = 6 }) {
  if (process.env.MEASURE) await measure({ iter, settle, warmup, step, checkpoints });
  else await serve({ iter, rate });
  process.exit(0);
}

async function serve({ iter, rate }) {
  const perSecond = setting('RATE', rate);
  const durationMs = setting('DURATION_S', 60) * 1000;
  const startedMs = Date.now();
  const elapsedMs = () => Date.now() - startedMs;
  let done = 0;
  while (elapsedMs() < durationMs) {
    const due = Math.floor((elapsedMs() * perSecond) / 1000);
    while (done < due && elapsedMs() < durationMs) await iter(done++);
    await sleep(10);
  }
}

async function measure({ iter, settle, warmup, step, checkpoints }) {
  let done = 0;
  const run = async (count) => {
    for (let k = 0; k < count; k++) {
      await iter(done++);
      if (k % 50 === 49) await sleep(0);
    }
  };
  await run(setting('WARMUP', warmup));
  for (let checkpoint = 0; checkpoint <= setting('CHECKPOINTS', checkpoints); checkpoint++) {
    if (checkpoint > 0) await run(setting('STEP', step));
    await settle?.();
    await collect();
    const { heapUsed, external, rss } = process.memoryUsage();
    console.log(`MEASURED ${JSON.stringify({ iterations: done, heapUsed, external, rss })}`);
  }
}

/** Finalizers run between collections, so one is not enough. */
async function collect() {
  for (let round = 0; round < 6; round++) {
    globalThis.gc();
    await sleep(round < 3 ? 20 : 5);
  }
}
