// What a service imports: `import { startMonitor } from 'plimsoll'`.
import { type MonitorOptions, SystemMonitor } from './service/system-monitor.ts';

export { SettingsError } from './config/index.ts';
export { CodedError, EXTERNAL_DOMAIN, HEAP_DOMAIN } from './model/index.ts';
export type { HealthCheck, MemoryUsage, MonitorStatus } from './monitor/monitor.ts';
export {
  DomainFilter,
  Filter,
  Frame,
  Snapshot,
  type SourceReader,
  Statistic,
  StatisticDiff,
  type StatisticKey,
  type Trace,
  Traceback,
  type TraceFilter,
} from './profile/index.ts';
export { AllocationSnapshot } from './service/allocation-snapshot.ts';
export { registeredMonitor } from './service/registered.ts';
export type {
  MonitorOptions,
  SystemMonitor as Monitor,
  TrackedEndpoint,
  TrackedQuery,
} from './service/system-monitor.ts';
export { SystemMonitor } from './service/system-monitor.ts';
export type { Tracemalloc } from './service/tracemalloc.ts';

/**
 * Starts the engine in a worker thread of this process, and returns when it listens and a first sample was taken.
 * Options are the settings in camelCase; the environment's settings lie under them.
 * @throws {SettingsError} with every problem, before anything was started.
 */
export async function startMonitor(options: MonitorOptions = {}): Promise<SystemMonitor> {
  const monitor = new SystemMonitor({ environment: process.env, options: { ...options } });
  try {
    await monitor.ready();
  } catch (error) {
    await monitor.stop();
    throw error;
  }
  return monitor;
}
