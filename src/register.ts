// `node --import plimsoll/register app.js`: the monitor in a service whose code does not know of it. Node.js runs this on the
// main thread and again in each worker thread that the application starts. Each of the two loads no more than it needs: a pool
// starts many threads, and the whole monitor would cost each of them some 20 ms and 3 MB.
import { isMainThread } from 'node:worker_threads';
import { loadPart } from './service/load-part.ts';

loadPart(isMainThread ? './register-process' : './threads/register-thread');
