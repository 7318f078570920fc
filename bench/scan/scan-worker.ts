// The scan in a worker thread, on and off as the main thread says.
import { totalmem } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { createProcessTable } from '../../src/host/index.ts';
import { systemClock } from '../../src/monitor/clock.ts';

const table = createProcessTable({ procRoot: '/proc', clock: systemClock });
let timer: NodeJS.Timeout | undefined;

parentPort?.on('message', (message: 'start' | 'stop') => {
  clearInterval(timer);
  if (message === 'start')
    timer = setInterval(() => table.scan(totalmem()), workerData.intervalSeconds * 1000);
});
