// A service with three worker threads: two leak, each in a function of its own and at a rate of its own, and one allocates as much
// and keeps nothing. Tests find the functions by the names and lines that stand here.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** Numbers that V8 allocates at once; see leaky-service.ts. The sampler names the function that allocates. */
const sessions: number[][] = [];
const thumbnails: number[][] = [];

function openSession(): void {
  sessions.push(Array<number>(1000).fill(5));
}

function keepThumbnail(): void {
  thumbnails.push(Array<number>(1000).fill(5));
}

/** What is in use for a while: it outlives the young generation, so that the old one has garbage too. */
const inUse: number[][] = [];
const IN_USE = 1000;
const CHURNS_A_TICK = 10;
let next = 0;

function churn(): void {
  inUse[next] = Array<number>(1000).fill(5);
  next = (next + 1) % IN_USE;
}

/** Objects of 8 KB a round: 160 and 96 MB (of 1000² bytes) in 250 rounds. */
const A_ROUND: Readonly<Record<string, () => void>> = {
  sessions: () => {
    for (let i = 0; i < 80; i += 1) openSession();
  },
  thumbnails: () => {
    for (let i = 0; i < 48; i += 1) keepThumbnail();
  },
  healthy: () => {},
};
const ROUNDS = 250;

/** V8 lets garbage lie in the old space until it needs room: never more than 5 MB of it here, however slow the machine. */
const TICKS_BETWEEN_COLLECTIONS = 66;

function work(kind: string): void {
  let left = 0;
  let ticks = 0;
  parentPort?.on('message', () => {
    left = ROUNDS;
  });
  setInterval(() => {
    for (let i = 0; i < CHURNS_A_TICK; i += 1) churn();
    ticks += 1;
    // Not in step with the main thread's collections, after which all are read.
    if (ticks % TICKS_BETWEEN_COLLECTIONS === 0) globalThis.gc?.();
    if (left === 0) return;
    A_ROUND[kind]?.();
    left -= 1;
    if (left === 0) parentPort?.postMessage('leaked');
  }, 5);
}

function startThreads(): void {
  const threads = Object.keys(A_ROUND).map(
    (name) => new Worker(new URL(import.meta.url), { name, workerData: name }),
  );
  let leaking = threads.length;
  for (const thread of threads)
    thread.on('message', () => {
      leaking -= 1;
      if (leaking === 0) process.send?.('leaked');
    });
  process.on('message', () => {
    for (const thread of threads) thread.postMessage('leak');
  });
  setInterval(() => globalThis.gc?.(), 1000);
}

if (isMainThread) startThreads();
else work(workerData as string);
