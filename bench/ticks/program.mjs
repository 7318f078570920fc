// What process.nextTick takes before and after its process has collected, idle, as `program.mjs held` with the object of a tick held.
// Prints both in nanoseconds, as JSON. Needs --expose-gc.
import { setTimeout as wait } from 'node:timers/promises';
import { createTickHold } from '../../dist/service/tick-object.js';

const TICKS = 200_000;
const COLLECTIONS = 6;

function nanosecondsATick() {
  return new Promise((resolve) => {
    const startedAt = process.hrtime.bigint();
    let left = TICKS;
    const step = () => {
      left -= 1;
      if (left > 0) process.nextTick(step);
      else resolve(Number(process.hrtime.bigint() - startedAt) / TICKS);
    };
    step();
  });
}

/** The best of several: what V8 has compiled, and nobody has interrupted. */
async function settled() {
  const took = [];
  for (let left = 8; left > 0; left -= 1) took.push(await nanosecondsATick());
  return Math.min(...took);
}

const holdTick = createTickHold();
if (process.argv[2] === 'held') holdTick();
const before = await settled();
for (let left = COLLECTIONS; left > 0; left -= 1) {
  await wait(20);
  globalThis.gc();
}
const after = await settled();
console.log(JSON.stringify({ before, after }));
// Held until here.
holdTick();
