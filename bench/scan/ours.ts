// Our scan, with every field.
import { totalmem } from 'node:os';
import { createProcessTable } from '../../src/host/index.ts';
import { systemClock } from '../../src/monitor/clock.ts';
import { scanOnDemand } from './scan-on-demand.ts';

const table = createProcessTable({ procRoot: '/proc', clock: systemClock });
await scanOnDemand(() => table.scan(totalmem()).processes.length);
table.close();
