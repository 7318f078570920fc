// How long one reading stops a thread that has 1 GB of live objects. Run as a process of its own: the main thread spins and
// notes the longest gap between two looks at the clock, once while a worker reads its profile and once while it does not.
import { Worker } from 'node:worker_threads';
import { startSampler } from '../../src/heap/index.ts';

const READINGS = 20;
const LIVE_BYTES = 1024 ** 3;
const BYTES_PER_OBJECT = 72;

const sampler = startSampler({ sampleBytes: 524_288, inlining: 'kept', beforeApplication: true });
const kept: object[][] = [];
const CHUNK = 100_000;
for (let made = 0; made * BYTES_PER_OBJECT < LIVE_BYTES; made += CHUNK)
  kept.push(Array.from({ length: CHUNK }, (_, i) => ({ id: i, next: { of: i + 0.5 } })));

/** 0: the worker is idle, 1: a reading is under way, 2: the end. */
const phase = new Int32Array(new SharedArrayBuffer(4));
const worker = new Worker(
  `import { workerData } from 'node:worker_threads';
   const { openMainThreadReader } = await import(workerData.heap);
   const reader = openMainThreadReader(workerData.sampler);
   const rest = (milliseconds = 200) => new Promise((resolve) => setTimeout(resolve, milliseconds));
   for (let i = 0; i < workerData.readings; i += 1) {
     await rest();
     Atomics.store(workerData.phase, 0, 1);
     await rest(20); // So that the main thread has seen the phase before it is paused.
     const reading = await reader.read(30);
     if (reading.kind !== 'read') throw new Error(reading.kind);
     await rest(20);
     Atomics.store(workerData.phase, 0, 0);
   }
   await rest();
   Atomics.store(workerData.phase, 0, 2);`,
  {
    eval: true,
    workerData: {
      heap: new URL('../../src/heap/index.ts', import.meta.url).href,
      sampler: sampler.state,
      readings: READINGS,
      phase,
    },
  },
);
worker.on('error', (error) => {
  throw error;
});

/** The longest gap of each stretch of a phase, in milliseconds. */
function watchGaps(): { readonly idle: number[]; readonly reading: number[] } {
  const gaps = { idle: [] as number[], reading: [] as number[] };
  let last = performance.now();
  let longest = 0;
  let before = 0;
  for (let now = before; now !== 2; ) {
    const at = performance.now();
    longest = Math.max(longest, at - last);
    last = at;
    now = Atomics.load(phase, 0);
    if (now === before) continue;
    (before === 1 ? gaps.reading : gaps.idle).push(longest);
    longest = 0;
    before = now;
  }
  return gaps;
}

// The worker has to start first: that needs this thread's event loop.
setTimeout(() => {
  const gaps = watchGaps();
  const heapBytes = process.memoryUsage().heapUsed;
  console.log(JSON.stringify({ ...gaps, heapBytes, chunks: kept.length }));
}, 150);
