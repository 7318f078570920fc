// How late an application's timers fire while the process table is scanned: not at all, in a worker, on the main thread. Prints
// the 99.9th percentile of each block as JSON.
import { totalmem } from 'node:os';
import { Worker } from 'node:worker_threads';
import { createProcessTable } from '../../src/host/index.ts';
import { systemClock } from '../../src/monitor/clock.ts';
import { quantile } from '../metrics/statistics.ts';

const BLOCK_SECONDS = 10;
const BLOCKS = 5;
/** Ten times as often as by default. */
export const SCAN_INTERVAL_SECONDS = 1;
const TIMER_MILLISECONDS = 1;

export type Place = 'nowhere' | 'nowhere, A/A' | 'in a worker' | 'on the main thread';
export type LateMilliseconds = Readonly<Record<Place, readonly number[]>>;

/** Sets a timer again and again, and collects how much later than asked it fires. */
async function timersFor(seconds: number): Promise<readonly number[]> {
  const late: number[] = [];
  const until = performance.now() + seconds * 1000;
  for (let now = performance.now(); now < until; ) {
    await new Promise((resolve) => setTimeout(resolve, TIMER_MILLISECONDS));
    const fired = performance.now();
    late.push(fired - now - TIMER_MILLISECONDS);
    now = fired;
  }
  return late;
}

async function block(start: () => () => void): Promise<number> {
  const stop = start();
  const late = await timersFor(BLOCK_SECONDS);
  stop();
  return quantile(late, 0.999);
}

async function measure(): Promise<LateMilliseconds> {
  const worker = new Worker(new URL('./scan-worker.ts', import.meta.url), {
    workerData: { intervalSeconds: SCAN_INTERVAL_SECONDS },
  });
  const table = createProcessTable({ procRoot: '/proc', clock: systemClock });
  const nowhere = () => () => {};
  const inWorker = () => {
    worker.postMessage('start');
    return () => worker.postMessage('stop');
  };
  const onMain = () => {
    const timer = setInterval(() => table.scan(totalmem()), SCAN_INTERVAL_SECONDS * 1000);
    return () => clearInterval(timer);
  };
  const late = { nowhere: [], 'nowhere, A/A': [], 'in a worker': [], 'on the main thread': [] } as Record<
    Place,
    number[]
  >;
  for (let round = 0; round < BLOCKS; round += 1) {
    late.nowhere.push(await block(nowhere));
    late['in a worker'].push(await block(inWorker));
    late['nowhere, A/A'].push(await block(nowhere));
    late['on the main thread'].push(await block(onMain));
  }
  table.close();
  await worker.terminate();
  return late;
}

process.stdout.write(JSON.stringify(await measure()));
