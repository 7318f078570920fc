// What the preload does on the main thread: it starts the monitor in a service whose code does not know of it. Nothing here may
// change how the application behaves: what fails is said on stderr, and the application goes on.
import { writeSync } from 'node:fs';
import { readConfigFile } from '../config/index.ts';
import { CodedError } from '../model/index.ts';
import { placeOfPreload } from './preload.ts';
import { registeredMonitor, registerMonitor } from './registered.ts';
import { SystemMonitor } from './system-monitor.ts';

const STDERR = 2;

function say(error: unknown): void {
  const { code, message, remedy } =
    error instanceof CodedError
      ? error
      : { code: 'MONITOR_FAILED', message: String(error), remedy: 'report it' };
  try {
    writeSync(
      STDERR,
      `plimsoll: [${code}] ${message}; ${remedy}; the application runs without the monitor\n`,
    );
  } catch {
    // stderr is closed: there is nobody to tell.
  }
}

if (placeOfPreload(process.argv[1], registeredMonitor() !== undefined).watch) {
  try {
    const file = process.env.MONITORING_CONFIG;
    const layers = { environment: process.env, ...(file && { file: readConfigFile(file) }) };
    const monitor = new SystemMonitor(layers, { beforeApplication: true });
    registerMonitor(monitor);
    monitor.whenFailed(say);
  } catch (error) {
    say(error);
  }
}
