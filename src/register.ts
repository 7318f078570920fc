// `node --import plimsoll/register app.js`: the monitor in a service whose code does not know of it. Node.js runs this on the
// main thread and again in each worker thread that the application starts. Each of the two loads no more than it needs: a pool
// starts many threads, and the whole monitor would cost each of them some 20 ms and 3 MB.
import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';

// From the sources in development, from the build in the package.
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const part = isMainThread ? 'register-process' : 'threads/register-thread';

// Not import(): what is awaited here could not be loaded by --require.
createRequire(import.meta.url)(`./service/${part}.${extension}`);
