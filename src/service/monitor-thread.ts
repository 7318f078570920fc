// The thread that the monitor runs in, as it is begun: bounded, apart from the application's flags and streams, and without a trace
// in what V8 learns of the application.
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { withEmittersApart } from './emitters-apart.ts';
import type { WorkerStart } from './messages.ts';

/** Does not keep the process alive. */
export function startMonitorThread(start: WorkerStart): Worker {
  // From the sources in development, from the build in the package.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const url = new URL(`./worker.${extension}`, import.meta.url);
  const options: WorkerOptions = {
    name: 'plimsoll',
    workerData: start,
    // Neither the application's flags nor its preloads: they would start the monitor within the monitor.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // V8 collects the sooner the smaller a heap may become. It needs some 20 MB; unbounded, its garbage came to 90.
    resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 192 },
    // Not piped: that would open the application's stdout and stderr before it does. The log goes to the descriptor.
    stdout: true,
    stderr: true,
  };
  const worker = withEmittersApart(() => new Worker(url, options));
  worker.unref();
  return worker;
}
