// The monitor that `--import plimsoll/register` started, for code that wants to hand it queries. Kept under a global symbol
// rather than in a module, so that a second copy of the package in the same process finds it too.
import type { SystemMonitor } from './system-monitor.ts';

const REGISTERED = Symbol.for('plimsoll.monitor');

type Registry = { [REGISTERED]?: SystemMonitor };

/** Undefined when the process was started without the preload, or its settings do not hold. */
export function registeredMonitor(): SystemMonitor | undefined {
  return (globalThis as Registry)[REGISTERED];
}

export function registerMonitor(monitor: SystemMonitor): void {
  (globalThis as Registry)[REGISTERED] = monitor;
}
